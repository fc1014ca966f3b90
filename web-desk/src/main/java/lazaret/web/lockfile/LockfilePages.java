package lazaret.web.lockfile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListItemInfo;
import lazaret.vetting.deskapi.lockfiles.ReadingListReply;
import lazaret.vetting.deskapi.lockfiles.ReadingListRequest;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import lazaret.vetting.deskapi.lockfiles.VerifyRequest;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtelockfileGenerated;
import lazaret.web.template.JtelockfilesGenerated;
import org.jspecify.annotations.Nullable;

/// The pages on which a person checks a lockfile. The result is the answer to the form, and its
/// forms send the text of the lockfile again: no address contains it, and nothing of it is kept.
public final class LockfilePages {
  private static final String PATH = "/desk/lockfiles";
  private static final int ROWS = 200;
  private static final int MAX_NAME = 120;

  private final PageWriter writer;

  /// Creates the pages.
  public LockfilePages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, request -> ask(request, 200, "", null)),
        WebRoute.form(PATH, this::check),
        WebRoute.page(PATH + "/decisions", _ -> WebResponse.redirect(PATH)),
        WebRoute.form(PATH + "/decisions", this::decide));
  }

  /// The lockfile that a form sent.
  ///
  /// @param text its text with line feeds alone, since browsers change them
  /// @param name its name
  private record Sent(String text, String name) {
    static Sent of(FormFields form) {
      String text = form.all("lockfile").stream().findFirst().orElse("").replace("\r\n", "\n");
      String name = form.text("name").or(() -> form.text("lockfile.filename")).orElse("Cargo.lock");
      return new Sent(text, name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
    }
  }

  private WebResponse ask(PageRequest request, int status, String text, @Nullable Feedback say) {
    PageFrame frame = writer.frame(request.web(), "Lockfile", "lockfiles", PATH);
    return writer.page(status, out -> JtelockfilesGenerated.render(out, null, frame, text, say));
  }

  private WebResponse check(PageRequest request) {
    return result(request, new Said(DecisionInput.EMPTY, null));
  }

  /// The result of a form for decisions.
  ///
  /// @param order the words that the form keeps
  /// @param say the sentence about it; null if there was no such form
  private record Said(DecisionInput order, @Nullable Feedback say) {}

  /// A lockfile that was checked.
  ///
  /// @param reading the lines to read; null if the person did not ask for them
  private record Checked(Sent sent, VerifyReply reply, @Nullable ReadingListReply reading) {}

  private WebResponse result(PageRequest request, Said said) {
    Sent sent = Sent.of(request.form());
    if (sent.text().isBlank()) {
      Feedback empty =
          new Feedback(
              "bad", "Nothing was checked.", "Paste the text of a Cargo.lock, or choose the file.");
      return ask(request, 400, "", empty);
    }
    VerifyRequest verify =
        new VerifyRequest(sent.text(), List.of(), sent.name(), List.of(), null, false);
    return switch (request.reply(LockfileOperations.VERIFY, verify)) {
      case Reply.Done<VerifyReply> done ->
          page(request, new Checked(sent, done.value(), reading(request, sent)), said);
      case Reply.Refused<VerifyReply> refused ->
          ask(
              request,
              refused.status(),
              sent.text(),
              new Feedback(
                  "bad", "Nothing was checked.", refused.problems().getFirst().sentence() + "."));
    };
  }

  private WebResponse page(PageRequest request, Checked checked, Said said) {
    LockfileView view = view(request, checked, said);
    PageFrame frame = writer.frame(request.web(), "Lockfile", "lockfile", PATH);
    PageTime time = writer.time();
    Feedback say = said.say();
    int status = say != null && say.level().equals("bad") ? 400 : 200;
    return writer.page(status, out -> JtelockfileGenerated.render(out, null, frame, view, time));
  }

  /// Returns the lines to read if the person asked for them: counting fetches the artifacts and
  /// takes as long as comparing all of them.
  private static @Nullable ReadingListReply reading(PageRequest request, Sent sent) {
    return request.form().text("lines").isPresent() && inspects(request)
        ? request.call(
            LockfileOperations.READING_LIST, new ReadingListRequest(sent.text(), sent.name()))
        : null;
  }

  private static boolean inspects(PageRequest request) {
    return request.visitor().has(DeskRole.REVIEWER) || request.visitor().has(DeskRole.AUDITOR);
  }

  private static LockfileView view(PageRequest request, Checked checked, Said said) {
    VerifyReply reply = checked.reply();
    ReadingListReply reading = checked.reading();
    Map<String, Long> lines = lines(reading);
    List<LockfilePackageInfo> open =
        reply.packages().stream()
            .filter(each -> each.status() != PackageStatus.SERVED)
            .sorted(Comparator.comparingInt(LockfilePages::weight))
            .toList();
    int from = Math.min(from(request), Math.max(0, open.size() - 1));
    List<LockfileRowInfo> rows =
        open.stream().skip(from).limit(ROWS).map(each -> row(each, lines, request)).toList();
    return new LockfileView(
        checked.sent().name(),
        checked.sent().text(),
        LockfileCounters.of(reply.packages()),
        LockfilePlan.of(reply),
        rows,
        new LockfileView.Place(from, open.size(), tampered(open)),
        new LockfileView.Reader(
            inspects(request), reading == null ? null : reading.total().lines(), said.order()),
        said.say());
  }

  private static LockfileRowInfo row(
      LockfilePackageInfo each, Map<String, Long> lines, PageRequest request) {
    Long read = lines.get(each.name() + "@" + each.version().text());
    return LockfileRowInfo.of(each, read, request.visitor().roles());
  }

  private static Map<String, Long> lines(@Nullable ReadingListReply reading) {
    Map<String, Long> lines = new HashMap<>();
    if (reading != null) {
      for (ReadingListItemInfo item : reading.packages()) {
        DiffStatInfo stat = item.stat();
        if (stat != null) {
          lines.put(item.name() + "@" + item.version().text(), stat.lines());
        }
      }
    }
    return lines;
  }

  private static int from(PageRequest request) {
    return request
        .form()
        .text("from")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::valueOf)
        .orElse(0);
  }

  private static List<String> tampered(List<LockfilePackageInfo> open) {
    return open.stream()
        .filter(each -> each.status() == PackageStatus.TAMPERED)
        .map(each -> each.name() + " " + each.version().text())
        .limit(ROWS)
        .toList();
  }

  /// Returns the place of a package in the table: what stops a build for the gravest reason first.
  private static int weight(LockfilePackageInfo found) {
    return switch (found.status()) {
      case TAMPERED -> 0;
      case WITHHELD ->
          switch (found.verdict()) {
            case DENY, ALLOW -> 1;
            case REVIEW -> 2;
            case HOLD -> 3;
            case null -> 1;
          };
      case CRITERIA_NOT_MET, UNKNOWN, UNAVAILABLE, FOREIGN_SOURCE -> 4;
      case SERVED -> 5;
    };
  }

  private WebResponse decide(PageRequest request) {
    DecisionInput order = DecisionInput.of(request.form());
    boolean exempts = request.form().text("do").filter("exempt"::equals).isPresent();
    try {
      var wanted = order.order(exempts, Sent.of(request.form()).name(), writer.time().now());
      return switch (request.reply(DecisionOperations.DECIDE, wanted)) {
        case Reply.Done<DecideReply> done ->
            result(request, new Said(DecisionInput.EMPTY, recorded(done.value(), exempts)));
        case Reply.Refused<DecideReply> refused ->
            result(request, new Said(order, mistake(refused.problems().getFirst().sentence())));
      };
    } catch (MalformedException e) {
      return result(request, new Said(order, mistake(String.valueOf(e.getMessage()))));
    }
  }

  private static Feedback mistake(String sentence) {
    return new Feedback("bad", "Nothing was recorded.", sentence + ".");
  }

  private Feedback recorded(DecideReply reply, boolean exempts) {
    int number = reply.recorded().size();
    String what =
        "%s %s."
            .formatted(writer.time().plural(number, "version"), exempts ? "exempted" : "denied");
    String rest =
        reply.withheld().isEmpty()
            ? "In force now."
            : "%s withheld in spite of it."
                .formatted(writer.time().plural(reply.withheld().size(), "version"));
    return new Feedback("good", "Recorded: " + what, rest);
  }
}
