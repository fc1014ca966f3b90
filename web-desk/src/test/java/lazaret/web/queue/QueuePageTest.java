package lazaret.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.NamedRequestersInfo;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueReaderInfo;
import lazaret.vetting.deskapi.requests.QueueReadingInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.vetting.deskapi.requests.QueueTabCountsInfo;
import lazaret.vetting.deskapi.requests.QueuedRequestInfo;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsReply;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueuePageTest {
  private static final Instant EARLIER = Instant.parse("2026-11-28T14:02:00Z");
  private static final CrateVersion VERSION = CrateVersion.parse("1.0.0");

  private final FixedDesk desk = FixedDesk.of(DeskRole.REVIEWER);

  private static QueueRowInfo row(
      String name, @Nullable Long lines, @Nullable QueueReaderInfo reader) {
    QueueReadingInfo reading =
        lines == null
            ? null
            : new QueueReadingInfo(EARLIER, null, new DiffStatInfo(1, lines, 0, 0, lines), null);
    VerdictInfo verdict =
        new VerdictInfo(
            VerdictInfo.Kind.REVIEW,
            null,
            List.of(new ReasonInfo("signal", "build-changed: build.rs differs")));
    RequestInfo request =
        new RequestInfo(
            CrateName.parse(name),
            VERSION,
            Sha256.parse("ab".repeat(32)),
            "signal",
            2,
            EARLIER,
            EARLIER,
            null,
            null);
    return new QueueRowInfo(
        new QueuedRequestInfo(
            request, List.of(), QueuedRequestInfo.State.WAITING, verdict, null, 0, null),
        EARLIER,
        false,
        true,
        List.of(QueueGroupsRequest.Role.BUILD_SCRIPT),
        new NamedRequestersInfo(
            List.of(new NamedRequesterInfo("lena", "long frames", null, null, 1, EARLIER, EARLIER)),
            0),
        reading,
        reader);
  }

  private static QueueGroupInfo single(QueueRowInfo row) {
    return new QueueGroupInfo(null, null, 1, 0, 0, 0, 1, List.of(row));
  }

  private static QueueGroupInfo closure(QueueRowInfo root, QueueRowInfo added) {
    return new QueueGroupInfo(
        root.request().request().name(), VERSION, 2, 60, 0, 3, 2, List.of(root, added));
  }

  private FixedDesk queue(QueueGroupInfo... groups) {
    return desk.reply(
        RequestOperations.QUEUE_GROUPS,
        new QueueGroupsReply(
            new QueueTabCountsInfo(5, 25, 1, 0), 5, 60, 0, 0, List.of(groups), "n1", List.of()));
  }

  /// Returns the requests of the list without those of the bar, which counts by one row.
  private List<QueueGroupsRequest> lists() {
    return desk.requests(QueueGroupsRequest.class).stream()
        .filter(each -> !Integer.valueOf(1).equals(each.limit()))
        .toList();
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String location(WebResponse response) {
    return response.fields().stream()
        .filter(field -> field.name().equals("location"))
        .map(WebResponse.Field::value)
        .findFirst()
        .orElse("none");
  }

  @Test
  void singleVersionsShareACardWithoutAHeading() {
    queue(
        single(row("one", 1L, null)),
        single(row("two", 2L, null)),
        closure(row("root", 20L, null), row("leaf", 40L, null)),
        single(row("three", null, null)));

    String page = desk.page("/desk/queue");

    assertThat(count(page, "aria-label=\"Single versions\"")).isEqualTo(1);
    assertThat(count(page, "aria-label=\"Single versions, part 2\"")).isEqualTo(1);
    assertThat(count(page, "<h2 id=\"group-")).isEqualTo(1);
    assertThat(page)
        .contains("<h2 id=\"group-1\">root 1.0.0 and the version that it adds</h2>")
        .contains("<b>60</b> lines in all", "<p class=\"hint\">In 3 lockfiles.</p>")
        .doesNotContain("One version");
    assertThat(count(page, "class=\"item member")).as("leaf alone is indented").isEqualTo(1);
  }

  @Test
  void closureIsReviewedInOrderByOneLink() {
    queue(closure(row("root", 20L, null), row("leaf", 40L, null)));

    assertThat(desk.page("/desk/queue"))
        .contains("href=\"/desk/review?versions=root%401.0.0%2Cleaf%401.0.0\">Review in order");
  }

  @Test
  void oneVersionOfAClosureHasTheLinkOfItsRowAlone() {
    QueueRowInfo leaf = row("leaf", 40L, null);
    queue(new QueueGroupInfo(CrateName.parse("root"), VERSION, 2, 40, 0, 0, 1, List.of(leaf)));

    assertThat(desk.page("/desk/queue"))
        .contains("href=\"/desk/crates/leaf/1.0.0/review\">Review<")
        .contains("1 of 2 versions is here; the others have another tab, filter or page.")
        .doesNotContain("Review in order");
  }

  @Test
  void rowHasVerdictRequesterLinesAndReader() {
    queue(single(row("zstd-sys", 54L, new QueueReaderInfo("jonas", EARLIER))));

    assertThat(desk.page("/desk/queue"))
        .contains("5 versions need a person. Together they are 60 lines to read.")
        .contains("The build script changed.", "<span class=\"tag\">build script</span>")
        .contains("<p><b>54</b> lines</p>", "data-lines=\"54\"")
        .contains("<b><bdi>lena</bdi></b>", "<bdi>long frames</bdi>", "not assigned", "3 hours")
        .contains("<bdi>jonas</bdi> is reading, since", "datetime=\"2026-11-28T14:02:00Z\"");
  }

  @Test
  void rowCountsTheRequestersThatItDoesNotName() {
    QueueRowInfo row = row("zstd-sys", 54L, null);
    List<NamedRequesterInfo> asked =
        Stream.of("ann", "bob", "carol", "dave", "erin")
            .map(
                by -> new NamedRequesterInfo(by, by + " needs it", null, null, 1, EARLIER, EARLIER))
            .toList();
    queue(
        single(
            new QueueRowInfo(
                row.request(),
                row.evaluated(),
                row.secondPerson(),
                row.inspected(),
                row.roles(),
                new NamedRequestersInfo(asked, 7),
                row.reading(),
                row.reader())));

    assertThat(desk.page("/desk/queue"))
        .contains("<bdi>erin, dave, carol, bob and 8 more</bdi>", "<bdi>erin needs it</bdi>");
  }

  @Test
  void rowNamesWhoApprovedIt() {
    QueueRowInfo row = row("zstd-sys", 54L, null);
    queue(
        single(
            new QueueRowInfo(
                new QueuedRequestInfo(
                    row.request().request(),
                    List.of("ann", "jonas"),
                    QueuedRequestInfo.State.WAITING,
                    row.request().verdict(),
                    null,
                    0,
                    null),
                row.evaluated(),
                true,
                row.inspected(),
                row.roles(),
                row.persons(),
                row.reading(),
                row.reader())));

    assertThat(desk.page("/desk/queue?tab=second-person"))
        .contains("Approved by <bdi>ann, jonas</bdi>");
  }

  @Test
  void unknownNumberOfLinesIsNotZero() {
    queue(single(row("zstd-sys", null, null)));

    assertThat(desk.page("/desk/queue"))
        .contains("not compared yet")
        .doesNotContain("data-lines", "<b>0</b>");
  }

  @Test
  void filtersAreAPartOfTheAddress() {
    queue(single(row("zstd-sys", 54L, null)));

    String page =
        desk.page(
            "/desk/queue?tab=cooldown&crate=zstd-*&to=mara&reason=signal&role=macro&sort=oldest");

    assertThat(lists())
        .containsExactly(
            new QueueGroupsRequest(
                QueueGroupsRequest.Tab.COOLDOWN,
                "signal",
                QueueGroupsRequest.Role.MACRO,
                "mara",
                "zstd-*",
                QueueGroupsRequest.Sort.OLDEST,
                null,
                50));
    assertThat(page)
        .contains("aria-current=\"page\">Waits for time <span class=\"count\">25</span>")
        .contains(
            "href=\"?tab=mine&amp;reason=signal&amp;role=macro&amp;to=mara&amp;crate=zstd-*"
                + "&amp;sort=oldest\"")
        .contains("name=\"to\" size=\"10\" placeholder=\"- for none\" value=\"mara\"")
        .contains("<datalist id=\"reasons\"><option value=\"signal\">")
        .contains("&amp;after=n1\">Next versions</a>");
  }

  @Test
  void unknownReasonIsSaidAndTheOthersAreShown() {
    desk.refuse(
        RequestOperations.QUEUE_GROUPS, ErrorCode.MALFORMED_INPUT, "expected the code of a reason");

    assertThat(desk.get("/desk/queue?reason=x").status()).isEqualTo(400);
    assertThat(lists()).extracting(QueueGroupsRequest::reason).containsExactly("x", null);
  }

  @Test
  void assignsAndClosesSeveralAtOnce() {
    desk.reply(RequestOperations.STEPS, new RequestStepsReply(List.of()));

    WebResponse assigned = desk.form("/desk/queue", "pick=one%401.0.0&pick=two%401.0.0&do=assign");
    assertThat(location(assigned)).isEqualTo("/desk/queue?done=assign");
    assertThat(location(desk.form("/desk/queue", "pick=one%401.0.0&do=wait")))
        .isEqualTo("/desk/queue?done=wait");

    assertThat(desk.requests(RequestStepsRequest.class))
        .extracting(each -> each.act() + " " + each.specs() + " " + each.text())
        .containsExactly(
            RequestStepRequest.Step.ASSIGN + " [one@1.0.0, two@1.0.0] mara",
            RequestStepRequest.Step.CLOSE + " [one@1.0.0] waits for the end of its cooldown");
    assertThat(desk.requests(RequestStepsRequest.class))
        .extracting(RequestStepsRequest::onlyHeld)
        .containsExactly(false, true);
  }

  @Test
  void onlyAHeldVersionCanWaitForTime() {
    QueueRowInfo row = row("zstd-sys", 54L, null);
    queue(single(row));
    assertThat(desk.page("/desk/queue")).contains("Assign to me").doesNotContain("Wait for time");

    VerdictInfo hold = new VerdictInfo(VerdictInfo.Kind.HOLD, FixedDesk.NOW, List.of());
    queue(
        single(
            new QueueRowInfo(
                new QueuedRequestInfo(
                    row.request().request(),
                    List.of(),
                    QueuedRequestInfo.State.WAITING,
                    hold,
                    null,
                    0,
                    null),
                row.evaluated(),
                row.secondPerson(),
                row.inspected(),
                row.roles(),
                row.persons(),
                row.reading(),
                row.reader())));

    assertThat(desk.page("/desk/queue")).contains("value=\"wait\"");
  }

  @Test
  void deniesSeveralWithOneReasonAndApprovesNone() {
    desk.reply(
        DecisionOperations.DECIDE, new DecideReply(List.of(), List.of(), List.of(), List.of()));

    assertThat(desk.form("/desk/queue", "pick=one%401.0.0&do=deny").body().text())
        .contains("Deny with one reason", "<code>one@1.0.0</code>", "name=\"reason\"");
    assertThat(
            location(
                desk.form("/desk/queue/deny", "pick=one%401.0.0&pick=two%401.0.0&reason=malware")))
        .isEqualTo("/desk/queue?done=deny");
    assertThat(location(desk.form("/desk/queue", "pick=one%401.0.0&do=review")))
        .isEqualTo("/desk/review?versions=one%401.0.0");

    assertThat(desk.requests(DecideRequest.class))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.kind()).isEqualTo(DecisionInfo.Kind.DENY);
              assertThat(order.specs().toString()).isEqualTo("[one@1.0.0, two@1.0.0]");
              assertThat(order.reason()).isEqualTo("malware");
            });
  }

  @Test
  void actionsKeepTheFilter() {
    String filter = "?tab=mine&crate=zstd-*&sort=oldest";
    desk.reply(RequestOperations.STEPS, new RequestStepsReply(List.of()))
        .reply(
            DecisionOperations.DECIDE, new DecideReply(List.of(), List.of(), List.of(), List.of()));
    queue(single(row("zstd-sys", 54L, null)));

    assertThat(desk.page("/desk/queue" + filter + "&after=n0"))
        .contains("action=\"/desk/queue?tab=mine&amp;crate=zstd-*&amp;sort=oldest\"");
    assertThat(location(desk.form("/desk/queue" + filter, "pick=one%401.0.0&do=assign")))
        .isEqualTo("/desk/queue" + filter + "&done=assign");
    assertThat(desk.form("/desk/queue" + filter, "pick=one%401.0.0&do=deny").body().text())
        .contains("action=\"/desk/queue/deny?tab=mine&amp;crate=zstd-*&amp;sort=oldest\"");
    assertThat(location(desk.form("/desk/queue/deny" + filter, "pick=one%401.0.0&reason=no")))
        .isEqualTo("/desk/queue" + filter + "&done=deny");
  }

  @Test
  void tooManySelectedVersionsAreSaid() {
    queue();
    String picks = "pick=one%401.0.0&".repeat(201);

    assertThat(location(desk.form("/desk/queue", picks + "do=assign")))
        .isEqualTo("/desk/queue?done=many");
    assertThat(desk.page("/desk/queue?done=many")).contains("Select at most 200 versions.");
  }

  @Test
  void emptySelectionIsSaid() {
    queue();

    assertThat(location(desk.form("/desk/queue", "do=deny"))).isEqualTo("/desk/queue?done=none");
    assertThat(desk.page("/desk/queue?done=none")).contains("Nothing is selected.");
    assertThat(desk.page("/desk/queue")).contains("No version needs a decision.");
  }

  @Test
  void filterWithoutAMatchIsNotAnEmptyQueue() {
    queue();

    assertThat(desk.page("/desk/queue?crate=zstd-*"))
        .contains("No version matches the filter.")
        .doesNotContain("No version needs a decision.");
  }

  @Test
  void auditorHasNoActions() {
    FixedDesk auditor = FixedDesk.of(DeskRole.AUDITOR);
    auditor.reply(
        RequestOperations.QUEUE_GROUPS,
        new QueueGroupsReply(
            new QueueTabCountsInfo(1, 0, 0, 0),
            1,
            60,
            0,
            0,
            List.of(closure(row("root", 20L, null), row("leaf", 40L, null))),
            null,
            List.of()));

    assertThat(auditor.page("/desk/queue"))
        .contains("root 1.0.0 and the version that it adds")
        .doesNotContain("name=\"do\"", "Review in order");
  }

  @Test
  void textsOfOthersAreEscaped() {
    desk.reply(RequestOperations.QUEUE_GROUPS, HostileSample.of(RequestOperations.QUEUE_GROUPS));

    HostileSample.assertEscaped(desk.page("/desk/queue"));
  }
}
