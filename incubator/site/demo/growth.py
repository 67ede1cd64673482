"""Writes how the organizations of the demonstration grew: reviews with frozen evidence, opinions, points, decisions,
sessions, and the reviews of stage gates. Scores and hashes are made by the services' own functions; only the moments are
those of the story."""

import datetime

from django.utils import timezone, translation

from evaluations.choices import OpinionStatus, Party, ReviewOpener, ReviewStatus, ScoreColumn, SessionStatus
from evaluations.models import (
    ColumnScore,
    DecisionCondition,
    EvidenceManifest,
    FadingRule,
    GrowthReview,
    GrowthRule,
    Opinion,
    ReviewSession,
    StageDecision,
)
from evaluations.scoring.facts import as_data
from evaluations.services.assessment import assess, judged_of
from evaluations.services.decision import seal
from evaluations.services.evidence import ORGANIZATION, fingerprints, manifest_hash
from evaluations.services.facts import DOCUMENT, gather
from evaluations.services.gate_evidence import freeze_gate
from evaluations.services.review import OPINION_DAYS, PARTIES, standard_of
from incubator.audit import services as audit
from incubator.base.files import inspect_upload
from incubator.base.workdays import add_working_days
from incubator.site.demo import growth_stories as stories
from incubator.site.demo import people
from incubator.site.demo.board import identifier
from incubator.site.demo.papers import plain_word
from organizations.models import SocialOrganization
from projects.models import FollowUp, StageRequest

MORNING = 10
OF_THE_DOSSIER = ("charter", "written_rules", "core_documents_missing")


def write_growth(demo):
    with translation.override("zh-hans"):  # labels of evidence are frozen as people read them
        rules(demo)
        writer = _Writer(demo)
        writer.decided()
        writer.running()
        writer.save()
        gates(demo, writer.planned)


def rules(demo):
    rows = [
        GrowthRule(
            uuid=identifier("growth-rule", code, stage), division=demo.division(code), stage=stage,
            roles=[role.value for role in roles],
        )
        for code, stages, roles in stories.RULES
        for stage in stages
    ]  # fmt: skip
    GrowthRule.objects.bulk_create(rows)
    fading = FadingRule.objects.bulk_create(
        FadingRule(
            uuid=identifier("fading-rule", code), division=demo.division(code), days_without_activity=days,
            members_lost_percent=percent,
        )
        for code, days, percent in stories.FADING_RULES
    )  # fmt: skip
    demo.add("rules of growth", [*rows, *fading])


class _Writer:
    """Gathers the rows of all reviews, then writes them table by table."""

    def __init__(self, demo):
        self.demo, self.edition = demo, standard_of(demo.division(people.CHENGGUAN))
        self.reviews, self.manifests, self.opinions, self.scores = [], [], [], []
        self.papers = {}  # review uuid: facts that papers of the time told
        self.told = []  # (review, story, stage and form before)
        self.held, self.planned = self._session(stories.HELD, "held"), self._session(stories.PLANNED, "planned")
        demo.add("review sessions", [self.held, self.planned])

    def _session(self, story, key):
        title, ago, place, *attended = story
        demo, is_held = self.demo, bool(attended)
        session = ReviewSession(
            uuid=identifier("session", key), division=demo.division(people.WUQUAN), title=title, held_on=demo.day(-ago),
            place_text=place, attended="".join(attended), created_by=demo.users["staff1"],
            status=SessionStatus.HELD if is_held else SessionStatus.PLANNED,
            closed_at=demo.ago(ago, 17) if is_held else None,
        )  # fmt: skip
        if is_held:
            upload = plain_word(
                f"{title}评审结果（签字页）", [*attended, "评审结果见逐项决定。", "签字：　　　　　　　　日期："]
            )
            facts = inspect_upload(upload)
            session.signed_sheet.save(f"{session.uuid}.{facts.extension}", upload, save=False)
            session.signed_sheet_sha256, session.signed_sheet_name = facts.sha256, facts.name
        session.save(force_insert=True)
        demo.stamp([session], [session.closed_at or demo.ago(4, 9)])
        audit.record(
            "session.created", target=session, actor=session.created_by, area=session.division,
            data={"held_on": session.held_on},
        )  # fmt: skip
        return session

    # --- what was decided ---
    def decided(self):
        stood = {}
        for story in stories.DECISIONS:
            key, ago, outcome, stage, form, decider, _reason, points = story
            opened = ago + stories.OPENED_BEFORE
            in_session = key in stories.IN_HELD and ago == stories.HELD[1]
            is_yearly = (key, ago) in stories.YEARLY_DECIDED
            review = self._review(
                key, opened, ReviewOpener.YEARLY if is_yearly else ReviewOpener.WORKER, ReviewStatus.DECIDED,
                by="staff1" if is_yearly else None, session=self.held if in_session else None,
                closed_at=self.demo.ago(ago, 16),
            )  # fmt: skip
            self.papers[review.uuid] = _papers(review.organization, stage, form)
            self._opinions(review, key, outcome, ago + 11, decider=decider)
            is_near = review.community.code.startswith(people.CHENGGUAN)
            self._points(
                review, ScoreColumn.PANEL if is_near else ScoreColumn.COMMITTEE, points,
                by="evaluator1" if is_near else decider,
            )  # fmt: skip
            self.told.append((review, story, stood.get(key, ("", ""))))
            stood[key] = (stage, form)

    # --- what goes on ---
    def running(self):
        for key, wanted, says, points in stories.YEARLY:
            self._waiting(
                key, wanted, says, points, stories.YEARLY_OPENED, ReviewOpener.YEARLY, by="staff1", session=self.planned
            )
        self._waiting(
            *stories.WAITS, stories.OWN_OPENED, ReviewOpener.WORKER, by=None, session=None, note=stories.WAITS_NOTE
        )
        key, points, wanted, says = stories.OPINIONS
        review = self._review(
            key, stories.ASKED, ReviewOpener.WORKER, ReviewStatus.OPINIONS, note=stories.OPINIONS_NOTE
        )
        self._points(review, ScoreColumn.SELF, points, by=stories.LEADERS[key])
        for party in PARTIES:
            who = stories.COMMUNITY_STAFF[review.community.code] if party == Party.COMMUNITY else None
            self._opinion(review, party, who, wanted, says, stories.ASKED - 3)

    def _waiting(self, key, wanted, says, points, opened, opener, *, by, session, note=""):
        review = self._review(key, opened, opener, ReviewStatus.DECIDING, by=by, session=session, note=note)
        self._opinions(review, key, wanted, opened - 9, says=says)
        self._points(review, ScoreColumn.PANEL, points, by="evaluator1")

    # --- rows ---
    def _review(self, key, opened, opener, status, *, by=None, session=None, closed_at=None, note=""):
        demo, organization = self.demo, self.demo.bodies[key]
        review = GrowthReview(
            uuid=identifier("review", key, opened), organization=organization, community=organization.community,
            standard=self.edition, opener=opener, status=status, is_blind=self.edition.content.get("blind", True),
            note=note, opened_by=demo.users[by] if by else demo.author(organization),
            opened_at=demo.ago(opened, MORNING), opinions_due_on=add_working_days(demo.day(-opened), OPINION_DAYS),
            session=session, closed_at=closed_at,
        )  # fmt: skip
        self.reviews.append(review)
        return review

    def _opinions(self, review, key, wanted, ago, *, decider="", says=""):
        """Who has an account has answered; for the others the time went by."""
        who = stories.COMMUNITY_STAFF.get(review.community.code)
        said = {party: texts[wanted][ago % len(texts[wanted])] for party, texts in stories.SAID.items()}
        if key in stories.STANDS_ASIDE or who == decider:
            said["community"] = stories.ASIDE_DECIDES if who == decider else stories.ASIDE
            self._opinion(review, Party.COMMUNITY, who, "", said["community"], ago)
        else:
            self._opinion(review, Party.COMMUNITY, who, wanted, said["community"], ago)
        self._opinion(review, Party.ORGANIZATION, stories.LEADERS.get(key), wanted, said["organization"], ago)
        worker = self.demo.author(review.organization).username
        self._opinion(review, Party.SOCIAL_WORKER, worker, wanted, says or said["social_worker"], ago - 1)

    def _opinion(self, review, party, who, wanted, comment, ago):
        """``wanted`` "": stood aside; nobody: still asked."""
        opinion = Opinion(uuid=identifier("opinion", review.uuid, party.value), review=review, party=party)
        if who and comment:
            given = OpinionStatus.SUBMITTED if wanted else OpinionStatus.RECUSED
            opinion = Opinion(
                uuid=opinion.uuid, review=review, party=party, status=given, author=self.demo.users[who],
                recommendation=wanted, comment=comment, answered_at=self.demo.ago(ago, 15),
            )  # fmt: skip
        self.opinions.append(opinion)

    def _points(self, review, column, points, *, by):
        for (indicator, lost), number in zip(stories.LOST.items(), points, strict=True):
            self.scores.append(
                ColumnScore(
                    uuid=identifier("points", review.uuid, column.value, indicator), review=review, column=column.value,
                    indicator=indicator, hundredths=number * 100, reason="" if number * 100 == stories.FULL else lost,
                    scored_by=self.demo.users[by],
                )
            )  # fmt: skip

    # --- writing ---
    def save(self):
        demo = self.demo
        GrowthReview.objects.bulk_create(self.reviews)
        demo.stamp(self.reviews, [review.closed_at or review.opened_at for review in self.reviews])
        demo.add("growth reviews", self.reviews)
        Opinion.objects.bulk_create(self.opinions)
        ColumnScore.objects.bulk_create(self.scores)
        self._freeze()
        self._decide()

    def _freeze(self):
        """One look for all reviews that were opened on the same day."""
        by_moment = {}
        for review in self.reviews:
            by_moment.setdefault(review.opened_at, []).append(review)
        known = []  # (review, facts, records)
        for moment, reviews in by_moment.items():
            organizations = SocialOrganization.objects.filter(pk__in=[one.organization_id for one in reviews])
            found = gather(organizations, timezone.localdate(moment))
            for review in reviews:
                facts = as_data(found[review.organization_id])
                if review.uuid in self.papers:  # the dossier is as it is now: it does not tell what was in it then
                    facts = {code: fact for code, fact in facts.items() if not code.startswith(DOCUMENT)}
                page = [[ORGANIZATION, str(review.organization.uuid)]]
                for code, value in self.papers.get(review.uuid, {}).items():
                    if not _bears_out(code, facts.get(code, {}).get("value"), value):
                        facts[code] = {"value": value, "evidence": page}
                facts = dict(sorted(facts.items()))
                records = [tuple(page[0]), *(tuple(one) for fact in facts.values() for one in fact["evidence"])]
                known.append((review, facts, list(dict.fromkeys(records))))
        prints = fingerprints({one for _review, _facts, records in known for one in records})
        for review, facts, records in known:
            items = [
                dict(zip(("type", "uuid", "version", "sha256", "label"), (*one, *prints[one][:3]), strict=True))
                for one in records
                if one in prints
            ]
            self.manifests.append(
                EvidenceManifest(
                    uuid=identifier("manifest", review.uuid), review=review, as_of=review.opened_at, items=items,
                    facts=facts, sha256=manifest_hash(items, facts),
                )
            )  # fmt: skip
        EvidenceManifest.objects.bulk_create(self.manifests)

    def _decide(self):
        demo, content = self.demo, self.edition.content
        manifests = {manifest.review.uuid: manifest for manifest in self.manifests}
        scores, said, rows = {}, {}, []
        for row in self.scores:
            scores.setdefault(row.review.uuid, []).append(row)
        for opinion in self.opinions:
            said.setdefault(opinion.review.uuid, []).append(opinion)
        for review, story, before in self.told:
            _key, ago, outcome, stage, form, decider, reason, _points = story
            manifest = manifests[review.uuid]
            wanted = [(text, demo.day(due)) for text, due, _done in stories.CONDITIONS.get(story[:2], ())]
            rows.append(
                StageDecision(
                    uuid=identifier("decision", review.uuid), review=review, organization=review.organization,
                    outcome=outcome, from_stage=before[0], to_stage=stage, from_form=before[1], to_form=form, reason=reason,
                    result=assess(content, manifest.facts, judged_of(scores[review.uuid]))
                    | {"seal": seal(said.get(review.uuid, ()), wanted)},
                    manifest_sha256=manifest.sha256, decided_by=demo.users[decider], decided_at=demo.ago(ago, 16),
                )
            )  # fmt: skip
        StageDecision.objects.bulk_create(rows)
        demo.add("decisions on growth", rows)
        self._conditions(rows)
        self._history(rows)

    def _conditions(self, decisions):
        by_story = {(story[0], story[1]): row for row, (_r, story, _b) in zip(decisions, self.told, strict=True)}
        tasks, rows = [], []
        for story, conditions in stories.CONDITIONS.items():
            decision = by_story[story]
            for text, due, done in conditions:
                task = FollowUp(
                    uuid=identifier("condition", decision.uuid, text), kind="task", title=text,
                    due_on=self.demo.day(due), owner=self.demo.author(decision.organization),
                    organization=decision.organization, community=decision.organization.community,
                    status="open" if done is None else "done", created_by=decision.decided_by,
                    closed_by=None if done is None else self.demo.author(decision.organization),
                    closed_at=None if done is None else self.demo.ago(done, 17),
                )  # fmt: skip
                tasks.append(task)
                rows.append(DecisionCondition(uuid=task.uuid, decision=decision, text=text, due_on=task.due_on))
        FollowUp.objects.bulk_create(tasks)
        for row, task in zip(rows, tasks, strict=True):
            row.follow_up = task
        DecisionCondition.objects.bulk_create(rows)

    def _history(self, decisions):
        by_chain = {}
        for row in decisions:
            place = row.organization.community
            data = {
                "review": str(row.review.uuid), "outcome": row.outcome, "from": row.from_stage, "to": row.to_stage,
                "form": row.to_form, "sha256": row.manifest_sha256,
            }  # fmt: skip
            by_chain.setdefault((place.code[:6], row.decided_by), []).append((place, (row.organization, data)))
        for (_chain, actor), entries in by_chain.items():
            audit.record_many(
                "growth.decided", targets=[entry for _p, entry in entries], actor=actor, area=entries[0][0]
            )


def _papers(organization, stage, form):
    """What was told on paper at the time: fewer people than now in the first stages, and nothing for others where
    people came together for themselves."""
    members = {"seed": min(organization.declared_members, 8), "seedling": max(10, organization.declared_members - 3)}
    told = members.get(stage, organization.declared_members)
    facts = stories.PAPERS[stage] | {"members": told, "participants": told}
    if form == "strong_ties":
        facts["public_benefit_activities_12m"] = 0
    if organization.legal_status != "unfiled":
        facts["charter"] = True  # it was filed with one
    return facts


def _bears_out(code, found, told):
    """Whether the platform's own records say as much as the papers of the time."""
    if code in OF_THE_DOSSIER or found is None or isinstance(told, str):
        return False
    return found >= told  # also true for false: what the records prove is not taken back


def gates(demo, session):
    """Requests of projects that wait for their decision have their review, as when they were asked in the browser; one of
    them is on the list of the session to come."""
    for key, given in stories.GATES.items():
        request = StageRequest.objects.select_related("project__organization", "project__community").get(
            project=demo.projects[key], status="open"
        )
        project, opened_on = request.project, timezone.localdate(request.requested_at)
        review = GrowthReview.objects.create(
            uuid=identifier("review", "gate", key), organization=project.organization, community=project.community,
            gate=request, opener=ReviewOpener.GATE, status=ReviewStatus.OPINIONS, opened_by=request.requested_by,
            opened_at=request.requested_at, opinions_due_on=add_working_days(opened_on, OPINION_DAYS),
            session=session if key in stories.IN_PLANNED else None,
        )  # fmt: skip
        demo.stamp([review], [request.requested_at])
        manifest = freeze_gate(review, now=request.requested_at)
        EvidenceManifest.objects.filter(pk=manifest.pk).update(uuid=identifier("manifest", review.uuid))
        answers = {party: _answer(demo, request, *answer) for party, *answer in given}
        Opinion.objects.bulk_create(
            Opinion(
                uuid=identifier("opinion", review.uuid, party.value), review=review, party=party,
                **answers.get(party.value, {}),
            )
            for party in PARTIES
        )  # fmt: skip
        audit.record(
            "review.opened", target=review, actor=review.opened_by, area=review.community,
            data={"opener": review.opener, "request": str(request.uuid), "sha256": manifest.sha256},
        )  # fmt: skip
        demo.add("growth reviews", [review])


def _answer(demo, request, who, wanted, says):
    return {
        "status": OpinionStatus.SUBMITTED if wanted else OpinionStatus.RECUSED, "author": demo.users[who],
        "recommendation": wanted, "comment": says, "answered_at": request.requested_at + datetime.timedelta(days=1),
    }  # fmt: skip
