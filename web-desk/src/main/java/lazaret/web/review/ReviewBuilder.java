package lazaret.web.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.behavior.BehaviorRequest;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateRequest;
import lazaret.vetting.deskapi.crates.CrateVersionInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.diff.DiffAmountInfo;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.diff.FoldView;
import lazaret.web.diff.HunkId;
import lazaret.web.diff.PartPosition;
import lazaret.web.diff.PartView;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.ReviewFiles;
import lazaret.web.diff.ReviewPartBuilder;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.diff.UnreadText;
import lazaret.web.page.Feedback;
import org.jspecify.annotations.Nullable;

/// The content of a review from its material. Used once.
final class ReviewBuilder {
  private static final int MAX_ORDER = 200;
  private static final int MAX_FOLDS = 200;
  private static final int MAX_BASES = 6;

  private final ReviewContext context;
  private final PageRequest request;
  private final ReviewQuery query;
  private final ReviewPartBuilder parts;

  ReviewBuilder(ReviewContext context) {
    this.context = context;
    this.request = context.request();
    this.query = context.query();
    this.parts = new ReviewPartBuilder(context);
  }

  /// Returns the content of the page.
  ///
  /// @param decision the form; null if the visitor may not decide
  /// @param say the result of the last form; null if there was none
  ReviewView view(@Nullable DecisionView decision, @Nullable Feedback say) {
    VersionReply version = context.version();
    PartPosition from =
        request.query().text("from").map(PartPosition::parse).orElse(PartPosition.START);
    PartView part = parts.from(from);
    LineLinks links = new LineLinks(context, part);
    VersionReply base = base();
    BehaviorReply behavior =
        ReviewContext.maybe(
            request,
            ReviewOperations.BEHAVIOR,
            new BehaviorRequest(query.name(), query.version(), comparedBase()));
    return new ReviewView(
        version,
        new ReviewView.Head(CauseView.of(version, links::file), context.reading().current()),
        against(base),
        code(part, base),
        new ReviewView.Lanes(
            new CapabilityLane(links, context.time()).of(context.capabilities()),
            new BehaviorLane(links, context.time()).of(behavior)),
        ReviewContext.maybe(request, EventOperations.VERIFY_LEDGER, new EmptyRequest()),
        decision,
        say);
  }

  /// Returns the base that is compared, or null if the difference is the whole crate.
  @Nullable CrateVersion comparedBase() {
    return context.files().summary().subject().base();
  }

  private @Nullable VersionReply base() {
    CrateVersion base = comparedBase();
    return base == null
        ? null
        : ReviewContext.maybe(
            request, CrateOperations.VERSION, new VersionRequest(query.name(), base));
  }

  private static String state(@Nullable VersionReply base) {
    if (base == null) {
      return "";
    }
    DecisionInfo last = base.decisions().isEmpty() ? null : base.decisions().getLast();
    if (last != null && last.kind() == DecisionInfo.Kind.APPROVE) {
      return "approved by " + last.by();
    }
    return base.served() ? "served by the rules" : "not served";
  }

  private ReviewView.Against against(@Nullable VersionReply base) {
    CrateVersion compared = comparedBase();
    return new ReviewView.Against(
        compared == null ? null : compared.text(),
        state(base),
        query.view(false).page(),
        query.view(true).page(),
        query.split(),
        bases(compared));
  }

  private List<ReviewView.BaseLink> bases(@Nullable CrateVersion compared) {
    List<ReviewView.BaseLink> links = new ArrayList<>();
    CrateReply crate =
        ReviewContext.maybe(request, CrateOperations.CRATE, new CrateRequest(query.name()));
    List<CrateVersionInfo> versions = crate == null ? List.of() : crate.versions();
    versions.stream()
        .filter(each -> !Objects.equals(each.version(), compared))
        .filter(each -> each.version().compareTo(query.version()) < 0)
        .sorted(Comparator.comparing(CrateVersionInfo::version).reversed())
        .limit(MAX_BASES)
        .forEach(each -> links.add(base(each)));
    if (compared != null) {
      links.add(
          new ReviewView.BaseLink(
              "Nothing", "the whole crate", query.against(query.version()).page()));
    }
    return links;
  }

  private ReviewView.BaseLink base(CrateVersionInfo version) {
    String state = version.served() ? "served" : "not served";
    return new ReviewView.BaseLink(
        version.version().text(),
        version.stored() ? state : state + ", not fetched",
        query.against(version.version()).page());
  }

  private CodeView code(PartView part, @Nullable VersionReply base) {
    ReviewFiles files = context.files();
    return new CodeView(
        MeterView.of(context.reading(), files.lines()),
        FoundLinesView.of(context),
        order(part),
        part,
        opened(),
        folds(),
        rest(base),
        new CodeView.Addresses(
            query.versionAddress() + "/reading",
            query.part("hunk", ""),
            query.base() == null ? "" : query.base().text(),
            request.query().text("from").orElse(PartPosition.START.toString()),
            query.thenText()));
  }

  private List<CodeView.OrderItem> order(PartView part) {
    Set<String> shown =
        part.files().stream()
            .map(view -> view.file().id())
            .collect(Collectors.toCollection(TreeSet::new));
    return context.files().known().stream()
        .filter(ReviewFile::mustRead)
        .limit(MAX_ORDER)
        .map(
            file -> {
              DiffAmountInfo amount = file.info().amount();
              String from = new PartPosition(file.index(), 0).toString();
              return new CodeView.OrderItem(
                  file,
                  amount == null ? 0 : amount.insertions(),
                  amount == null ? 0 : amount.deletions(),
                  (shown.contains(file.id()) ? "" : query.here("from", from)) + "#" + file.id());
            })
        .toList();
  }

  private CodeView.Opened opened() {
    return request
        .query()
        .text("context")
        .map(HunkId::parse)
        .map(id -> new CodeView.Opened(id.toString(), id.context(), parts.equalLines(id)))
        .orElse(CodeView.Opened.NONE);
  }

  private List<ReviewFile> folded() {
    return context.files().known().stream()
        .filter(file -> !file.mustRead() && !file.isEqual())
        .toList();
  }

  private List<FoldView> folds() {
    String open = request.query().text("show").orElse("");
    return folded().stream()
        .skip(number(request.query(), "folds"))
        .limit(MAX_FOLDS)
        .map(file -> fold(file, open.equals(file.id())))
        .toList();
  }

  private FoldView fold(ReviewFile file, boolean open) {
    DiffAmountInfo amount = file.info().amount();
    boolean binary = amount != null && amount.form() == DiffAmountInfo.Form.BINARY;
    String lines =
        amount == null
            ? "not compared yet"
            : binary ? "Binary" : context.time().plural(amount.lines(), "line");
    return new FoldView(
        file.id(),
        file.info().path(),
        lines,
        binary,
        UnreadText.of(file.info()),
        parts.show(file),
        open ? parts.fold(file.id(), number(request.query(), "row")) : null);
  }

  /// Returns a number of a query; 0 if it is absent or has another form.
  static int number(FormFields query, String field) {
    return query
        .text(field)
        .filter(text -> text.matches("[0-9]{1,8}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  private CodeView.Rest rest(@Nullable VersionReply base) {
    ReviewFiles files = context.files();
    int unread = folded().size();
    int listed = number(request.query(), "folds") + MAX_FOLDS;
    List<ReviewFile> changed = files.known().stream().filter(file -> !file.isEqual()).toList();
    int compared = (int) changed.stream().filter(file -> file.info().amount() != null).count();
    CrateVersion version = comparedBase();
    String equalReason =
        version == null
            ? ""
            : "Equal byte for byte to %s%s."
                .formatted(version.text(), base == null ? "" : ", which is " + state(base));
    return new CodeView.Rest(
        files.toRead(),
        unread,
        listed < unread ? query.here("folds", String.valueOf(listed)) + "#unread" : "",
        files.equal(),
        equalReason,
        files.summary().complete() ? changed.size() : compared,
        changed.size(),
        query.page());
  }
}
