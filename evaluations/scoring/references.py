"""What the parts of a standard refer to: references to nothing, facts that are shadowed, and circles."""

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from evaluations.scoring.problems import Problem

LADDERS = {"stages": "stage", "forms": "form"}
DERIVED = ("indicator", "dimension", "rule", "stage", "form")
TOTALS = ("template_score", "band")


def check_references(content, known_facts=None, known_documents=None):
    """Problems of a content whose shapes are right."""
    references = _References(content)
    return [
        *references.unknown(known_facts, known_documents),
        *references.shadowed(),
        *references.circles(),
    ]


class _References:
    """``edges``: {node: [(where, name)]}; a name is another node or the code of a fact."""

    def __init__(self, content):
        self.edges = defaultdict(list)
        self.sources = []  # (where, code, source)
        self.content = content
        base = [
            (one["code"], indicator)
            for one in content.get("dimensions") or []
            for indicator in one.get("indicators") or []
        ]
        bonus = [("bonus", indicator) for indicator in content.get("bonus") or []]
        for parent, indicator in (*base, *bonus):
            where = f"{parent}/{indicator['code']}"
            self._source(where, f"indicator:{indicator['code']}", indicator)
            of = indicator["mode"].get("of")
            if of and isinstance(of, str):
                self.edges[f"indicator:{indicator['code']}"].append((where, of))
            self.edges["template_score"].append(("total", f"indicator:{indicator['code']}"))
        for parent, indicator in base:
            self.edges[f"dimension:{parent}"].append((parent, f"indicator:{indicator['code']}"))
        for veto in content.get("vetoes") or []:
            self._source(f"vetoes/{veto['code']}", f"veto:{veto['code']}", veto)
            self.edges["template_score"].append(("total", f"veto:{veto['code']}"))
        self.edges["band"].append(("bands", "template_score"))
        for key, kind in LADDERS.items():
            before = None
            for rung in content.get(key) or []:
                node = f"{kind}:{rung['code']}"
                self.edges[node] += [(f"{key}/{rung['code']}", before)] if before not in (None, node) else []
                before = node
                for rule in rung.get("rules") or []:
                    where = f"{key}/{rung['code']}/{rule['code']}"
                    self.edges[node].append((where, f"rule:{rule['code']}"))
                    named = [condition["fact"] for condition in (rule, *(rule.get("or") or []))]
                    self.edges[f"rule:{rule['code']}"] += [(where, name) for name in named]

    def _source(self, where, node, holder):
        source = holder.get("source")
        self.sources.append((where, node, source))
        kind, _, name = source.partition(":") if isinstance(source, str) else ("", "", "")
        if kind == "auto" and name:
            self.edges[node].append((where, name))
        elif kind == "indicator" and name:
            self.edges[node].append((where, source))
        else:
            self.edges[node] += []

    def _facts(self):
        """(where, code) of every fact that is read by its own name."""
        return [
            (where, name)
            for links in list(self.edges.values())
            for where, name in links
            if name not in TOTALS and name.partition(":")[0] not in (*DERIVED, "document", "veto")
        ]

    def unknown(self, known_facts, known_documents):
        for where, _node, source in self.sources:
            kind, colon, name = source.partition(":") if isinstance(source, str) else ("", "", "")
            plain_name = name and ":" not in name
            if not (source == "judged" or (kind in {"auto", "document", "indicator"} and colon and plain_name)):
                yield Problem("unknown_source", where, {"given": source})
            elif kind == "document" and known_documents is not None and name not in known_documents:
                yield Problem("unknown_reference", where, {"given": source})
        for links in list(self.edges.values()):
            for where, name in links:
                if name.partition(":")[0] in DERIVED and name not in self.edges:
                    yield Problem("unknown_reference", where, {"given": name})
                document = name.removeprefix("document:") if name.startswith("document:") else None
                if document is not None and known_documents is not None and document not in known_documents:
                    yield Problem("unknown_reference", where, {"given": name})
        if known_facts is not None:
            own = {node.partition(":")[2] for _where, node, _source in self.sources}
            for where, name in self._facts():
                if name not in known_facts and name not in own:
                    yield Problem("unknown_reference", where, {"given": name})

    def shadowed(self):
        """An indicator's own code comes first among the facts: judged points would be read as a number of members."""
        read = {name for _where, name in self._facts()}
        for where, node, source in self.sources:
            kind, _, code = node.partition(":")
            if kind == "indicator" and code in read and source != f"auto:{code}":
                yield Problem("shadowed_fact", where, {"given": code})

    def circles(self):
        """Each circle once; when one is found, one of its links is taken away and the rest looked at again."""
        graph = {node: {name for _where, name in links if name in self.edges} for node, links in self.edges.items()}
        while True:
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                circle = list(reversed(error.args[1]))  # each refers to the one after it
                graph[circle[0]].discard(circle[1])
                yield Problem("circular", self._place(circle[0]), {"circle": circle})
            else:
                return

    def _place(self, node):
        return next((where for where, name, _source in self.sources if name == node), node)
