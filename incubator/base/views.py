"""What pages share: the policy, the record one may see, the list, the form that creates once, the transition."""

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from django.views.generic.detail import SingleObjectMixin

from incubator.base.errors import DomainError, StaleEdition
from incubator.base.forms import differences
from incubator.base.paging import KeysetPaginator, capped_count
from incubator.base.sharing import qr_picture
from incubator.base.transitions import TransitionNotAllowed, refusal

UNPROCESSABLE, CONFLICT = 422, 409
# Said of a form whose identifier somebody else's record has.
SPENT = gettext_lazy("This form can no longer be sent. Please open the page again.")


class PolicyMixin:
    """A page names its policy: ``policy = staticmethod(policies.check_…)``. Pages about no particular record are
    checked here; pages about one are checked when it is loaded (:class:`VisibleMixin`)."""

    policy = None
    policy_needs_object = False

    def dispatch(self, request, *args, **kwargs):
        if self.policy is None:
            raise ImproperlyConfigured(f"{type(self).__name__} names no policy.")
        if not self.policy_needs_object:
            self.policy(request.user)
        return super().dispatch(request, *args, **kwargs)


class VisibleMixin(PolicyMixin, SingleObjectMixin):
    """A page about one record: loaded from ``visible_to(user)`` (else 404), then the policy (else 403 + sentence)."""

    policy_needs_object = True
    slug_field = slug_url_kwarg = "uuid"

    def get_queryset(self):
        return self.model._default_manager.visible_to(self.request.user)

    def get_object(self, queryset=None):
        if not hasattr(self, "object"):
            self.object = super().get_object(queryset)
            self.policy(self.request.user, self.object)
        return self.object

    def dispatch(self, request, *args, **kwargs):
        self.setup_object()
        return super().dispatch(request, *args, **kwargs)

    def setup_object(self):
        """Load before any handler runs, so that no method can forget the policy."""
        self.get_object()


class PageView(PolicyMixin, TemplateView):
    """A page without a record and without a form."""


class DetailPage(VisibleMixin, TemplateView):
    """The page of one record."""

    def get_context_data(self, **kwargs):
        kwargs.setdefault(self.context_object_name or self.model._meta.model_name, self.object)
        return super().get_context_data(object=self.object, **kwargs)


class ListPage(PolicyMixin, TemplateView):
    """Filter, sort, page. Everything stays in the address, so a list can be sent to a colleague.

    ``sorts`` maps a word in the address to (label, order fields); the first is the default. ``filterset_class`` is a
    django-filter FilterSet whose ``qs`` starts from ``get_queryset()``, which starts from ``visible_to(user)``.
    """

    model = None
    filterset_class = None
    sorts = {}
    per_page = 50

    def get_queryset(self):
        return self.model._default_manager.visible_to(self.request.user)

    def get_sort(self):
        wanted = self.request.GET.get("sort", "")
        return wanted if wanted in self.sorts else next(iter(self.sorts))

    def get_context_data(self, **kwargs):
        queryset, filterset = self.get_queryset(), None
        if self.filterset_class:
            filterset = self.filterset_class(self.request.GET, queryset=queryset, request=self.request)
            queryset = filterset.qs
        sort = self.get_sort()
        number, exact = capped_count(queryset)
        paginator = KeysetPaginator(queryset, self.sorts[sort][1], self.per_page)
        return super().get_context_data(
            filterset=filterset,
            page=paginator.page(self.request.GET.get("page")),
            count=number,
            count_is_exact=exact,
            sort=sort,
            sorts=[(code, label) for code, (label, _fields) in self.sorts.items()],
            is_filtered=bool(
                filterset and filterset.is_bound and any(self.request.GET.get(name) for name in filterset.filters)
            ),
            **kwargs,
        )


class FormPage(PolicyMixin, FormView):
    """A form on a page. An invalid one comes back with 422 and everything the person typed."""

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                self.perform(form)
        except TransitionNotAllowed as error:
            form.add_error(None, refusal(error))
            return self.form_invalid(form)
        except StaleEdition:
            raise  # shown by EditionMixin
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return self.succeed()

    def perform(self, form):
        """Call the one service with ``form.cleaned_data`` and ``actor=self.request.user``."""
        raise NotImplementedError

    def succeed(self):
        if message := self.get_success_message():
            messages.success(self.request, message)
        return HttpResponseRedirect(self.get_success_url())

    success_message = ""

    def get_success_message(self):
        return str(self.success_message)


class CreateOncePage(FormPage):
    """A form that creates. The form carries the new record's identifier (base.forms.CreateOnceForm): when a record with
    it already exists and the person may see it, the second submit just leads there.

    ``made``: the model of what is created, when the address names another record. That one stays ``self.object``, and what
    is created is ``self.created``.
    """

    model = made = None

    def get_success_url(self):
        return self.object.get_absolute_url()

    def find_existing(self, form):
        model = self.made or self.model
        return model._default_manager.visible_to(self.request.user).filter(uuid=form.cleaned_data["uuid"]).first()

    def is_taken(self, form):
        """Whether there is a record with the form's identifier that this person may not see."""
        return (self.made or self.model)._base_manager.filter(uuid=form.cleaned_data["uuid"]).exists()

    def keep(self, existing):
        """What the first of two clicks made is what this one leads to."""
        setattr(self, "created" if self.made else "object", existing)

    def lead_on(self):
        """The answer to the second of two clicks."""
        return HttpResponseRedirect(self.get_success_url())

    def form_valid(self, form):
        if existing := self.find_existing(form):
            self.keep(existing)
            return self.lead_on()
        try:
            return super().form_valid(form)
        except IntegrityError:
            # The other of two simultaneous clicks won the race for the unique identifier.
            if existing := self.find_existing(form):
                self.keep(existing)
                return self.lead_on()
            if not self.is_taken(form):
                raise
            # A record that this person does not see has it: whose, and what it is, is not told.
            form.add_error(None, str(SPENT))
            return self.form_invalid(form)


class ObjectFormPage(VisibleMixin, FormPage):
    """A form about one record: edit, decide, comment."""

    def get_context_data(self, **kwargs):
        kwargs.setdefault(self.context_object_name or self.model._meta.model_name, self.object)
        return super().get_context_data(object=self.object, **kwargs)

    def get_success_url(self):
        return self.object.get_absolute_url()


class EditionMixin:
    """For pages with an EditionForm, left of the page class. Whoever saves over an edition they did not see reads what
    both say (409), with the form as typed: sending it once more keeps theirs, leaving keeps the other's."""

    def get_edited(self):
        """The record whose edition the form carries."""
        return self.object

    def reload(self):
        """Read the record again; whoever may not see or change it any more is refused as on opening the page."""
        del self.object
        self.setup_object()

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.initial["edition"] = self.get_edited().edition
        return form

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except StaleEdition as error:
            return self.show_both(form, error)

    def show_both(self, form, error):
        self.reload()
        kwargs = {key: value for key, value in self.get_form_kwargs().items() if key not in {"data", "files"}}
        rows = differences(form, self.get_form_class()(**kwargs))
        form.data = form.data.copy()
        form.data[form.add_prefix("edition")] = self.get_edited().edition
        form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data(form=form, differences=rows), status=CONFLICT)


class QrPictureView(VisibleMixin, View):
    """The code of a record's page as a picture with its title, to be saved and sent on in a chat group."""

    http_method_names = ["get", "head", "options"]

    def get_title(self):
        return str(self.object)

    def get_address(self):
        """Where the code leads."""
        return self.request.build_absolute_uri(self.object.get_absolute_url())

    def get(self, request, *args, **kwargs):
        title = self.get_title()
        response = HttpResponse(qr_picture(title, self.get_address()), content_type="image/png")
        response["Content-Disposition"] = content_disposition_header(True, f"{title}.png"[-80:])
        response["Cache-Control"] = "private, no-store"
        return response


class TransitionView(VisibleMixin, View):
    """One POST address per transition without questions. ``run`` calls the service."""

    http_method_names = ["post", "options"]
    success_message = ""

    def run(self):
        raise NotImplementedError

    def get_success_url(self):
        return self.object.get_absolute_url()

    def post(self, request, *args, **kwargs):
        try:
            self.run()
        except TransitionNotAllowed as error:
            messages.warning(request, refusal(error))
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, str(self.success_message) or _("Done."))
        return HttpResponseRedirect(self.get_success_url())
