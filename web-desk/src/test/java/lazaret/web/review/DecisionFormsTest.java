package lazaret.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.requests.StillWithheldInfo;
import lazaret.vetting.deskapi.requests.UnblockedLockfileInfo;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesReply;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import lazaret.web.diff.DiffSamples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionFormsTest {
  private static final String FORM = ReviewSamples.VERSION + "/decision?base=2.1.2%2Bzstd.1.5.7";
  private static final String BOUND = "sha256=" + "f7".repeat(32) + "&last=&";

  private final FixedDesk desk = ReviewSamples.desk(DeskRole.REVIEWER);

  private static DecisionInfo approval() {
    return ReviewSamples.decision(DecisionInfo.Kind.APPROVE, FixedDesk.NOW);
  }

  private void record(DecisionInfo decision) {
    desk.reply(
            DecisionOperations.DECIDE,
            new DecideReply(List.of(decision), List.of(), List.of(), List.of()))
        .reply(StoreOperations.STATUS, HostileSample.of(StoreOperations.STATUS))
        .reply(
            EventOperations.EVENTS,
            new EventsReply(
                List.of(
                    new EventInfo(16, DiffSamples.CKSUM, DiffSamples.CKSUM, "...", decision, null)),
                17));
  }

  @Test
  void recordsAnApprovalOfTheDifference() {
    record(approval());

    WebResponse response =
        desk.form(
            FORM,
            BOUND
                + "kind=approve&reason=read+it&criteria=safe-to-deploy&ends=14"
                + "&base=2.1.2%2Bzstd.1.5.7&evidence=https://example.org");

    DecideRequest order = desk.requests(DecideRequest.class).getFirst();
    assertThat(order.kind()).isEqualTo(DecisionInfo.Kind.APPROVE);
    assertThat(order.cksum()).isEqualTo(DiffSamples.CKSUM);
    assertThat(order.versions().getFirst().cksum()).isEqualTo(DiffSamples.CKSUM);
    assertThat(order.delta()).isEqualTo(DiffSamples.BASE);
    assertThat(order.criteria()).containsExactly("safe-to-deploy");
    assertThat(order.expires()).hasToString("2026-12-12T17:36:00Z");
    assertThat(order.evidence()).containsExactly("https://example.org");
    assertThat(order.seenDecisions()).isZero();
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields().toString()).contains("/review?base=2.1.2%2Bzstd.1.5.7&done=16");
  }

  @Test
  void statesWhatWasRecordedAndWhatIsNext() {
    record(approval());
    desk.reply(RequestOperations.QUEUE_GROUPS, HostileSample.of(RequestOperations.QUEUE_GROUPS));

    assertThat(desk.page(ReviewSamples.PAGE + "?done=16"))
        .contains("Recorded as entry 16: zstd-sys 2.1.3+zstd.1.5.7 is approved by jonas.")
        .contains("Not served yet: The build script changed.")
        .contains(">Take it back</a> with a new decision, or go on to <a href=")
        .contains("<bdi>serde_json 1.0.9+build.5, 7 lines</bdi>");
  }

  @Test
  void statesThatAnApprovalWaitsForASecondPerson() {
    record(approval());
    desk.reply(
        CrateOperations.VERSION,
        ReviewSamples.version(
            true,
            null,
            new ReasonInfo("signal", "build-network at build.rs:2: connect"),
            new ReasonInfo(
                "second-person-needed",
                "jonas approved it; for signals the policy wants a second person")));

    assertThat(desk.page(ReviewSamples.PAGE + "?done=16"))
        .contains("Not served yet: jonas approved it, and a second person must approve, too.");
  }

  @Test
  void statesNothingAboutAnEntryOfAnotherVersion() {
    record(approval());

    assertThat(desk.page(ReviewSamples.PAGE + "?done=15")).doesNotContain("Recorded as entry");
  }

  @Test
  void continuesWithTheListThatWasBegun() {
    record(approval());

    assertThat(desk.page(ReviewSamples.PAGE + "?done=16&then=libc@0.2.1,cc@1.0.0"))
        .contains("href=\"/desk/crates/libc/0.2.1/review?then=cc%401.0.0\"");
  }

  @Test
  void fetchesNoArtifactForTheNextReview() {
    record(approval());
    desk.answer(
        CrateOperations.VERSION,
        order -> ReviewSamples.version(order.name().equals(DiffSamples.NAME), null));

    assertThat(desk.page(ReviewSamples.PAGE + "?done=16&then=libc@0.2.1"))
        .contains("<bdi>libc 0.2.1</bdi>");
    assertThat(desk.requests(DiffRequest.class))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.name()).isEqualTo(DiffSamples.NAME));
  }

  @Test
  void keepsTheFormIfItHasAMistake() {
    WebResponse response = desk.form(FORM, BOUND + "kind=approve&reason=&evidence=kept");

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.body().text())
        .contains("<b><bdi>Nothing was recorded.</bdi></b>", "role=\"alert\"")
        .contains("id=\"reason-mistake\"", "Write what you looked at.", "id=\"criteria-mistake\"")
        .contains("name=\"evidence\" type=\"text\" placeholder=\"https://\" maxlength=\"500\"")
        .contains("value=\"kept\"");
    assertThat(desk.requests(DecideRequest.class)).isEmpty();
  }

  @Test
  void dayOfTheEndIsNextToItsChoice() {
    WebResponse response =
        desk.form(FORM, BOUND + "kind=approve&reason=read&criteria=none&ends=day&day=soon");

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.body().text())
        .contains("<option value=\"day\" selected>On a day</option>")
        .containsPattern(
            "(?s)<div class=\"field day\"><label for=\"day\">Last day</label>.*id=\"day-mistake\""
                + ".*<details class=\"extra\"><summary>Base, evidence</summary>");
    assertThat(desk.requests(DecideRequest.class)).isEmpty();
  }

  @Test
  void recordsNothingWithoutAKind() {
    WebResponse response = desk.form(FORM, BOUND + "reason=read&criteria=none&ends=30");

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.body().text())
        .contains("id=\"kind-mistake\"", "Choose the decision.", "value=\"read\"");
    assertThat(desk.requests(DecideRequest.class)).isEmpty();
  }

  @Test
  void recordsNothingIfTheBytesChanged() {
    WebResponse response =
        desk.form(FORM, "sha256=" + "aa".repeat(32) + "&kind=deny&reason=kept+reason");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().text())
        .contains("Nothing was recorded: the bytes changed while you read.")
        .contains("value=\"kept reason\"", "value=\"deny\" checked");
    assertThat(desk.requests(DecideRequest.class)).isEmpty();
  }

  @Test
  void recordsNothingIfAnotherDecisionWasFaster() {
    DecisionInfo denial =
        ReviewSamples.decision(DecisionInfo.Kind.DENY, FixedDesk.NOW.minusSeconds(60));
    record(denial);
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(true, denial));
    String fields = "kind=deny&reason=kept";

    WebResponse response = desk.form(FORM, BOUND + fields);

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().text())
        .contains("jonas denied this version 1 minute ago (entry 16).")
        .contains("Your form is kept; a decision now would replace that one.")
        .contains("name=\"last\" value=\"2026-11-28T17:35:00Z\"", "value=\"kept\"");
    String again = BOUND.replace("last=", "last=2026-11-28T17:35:00Z");
    assertThat(desk.form(FORM, again + fields).status()).isEqualTo(303);
  }

  @Test
  void keepsTheFormIfADecisionComesBetweenPageAndRecord() {
    DecisionInfo denial =
        ReviewSamples.decision(DecisionInfo.Kind.DENY, FixedDesk.NOW.minusSeconds(60));
    record(denial);
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(true, denial))
        .refuse(DecisionOperations.DECIDE, ErrorCode.STALE, "expected the 0 decisions");
    String bound = BOUND.replace("last=", "last=2026-11-28T17:35:00Z");

    WebResponse response = desk.form(FORM, bound + "kind=deny&reason=kept");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().text())
        .contains("jonas denied this version 1 minute ago (entry 16).", "value=\"kept\"");
    assertThat(desk.requests(DecideRequest.class).getFirst().seenDecisions()).isOne();
  }

  @Test
  void keepsTheFormIfTheDeskRefuses() {
    desk.refuse(DecisionOperations.DECIDE, ErrorCode.FORBIDDEN, "you lack the role reviewer");

    WebResponse response = desk.form(FORM, BOUND + "kind=deny&reason=kept");

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body().text()).contains("you lack the role reviewer.", "value=\"kept\"");
  }

  @Test
  void recordsADenialWithoutCriteriaAndBase() {
    record(ReviewSamples.decision(DecisionInfo.Kind.DENY, FixedDesk.NOW));

    desk.form(FORM, BOUND + "kind=deny&reason=no&criteria=safe-to-run&ends=14&base=2.1.2");

    DecideRequest order = desk.requests(DecideRequest.class).getFirst();
    assertThat(order.criteria()).isEmpty();
    assertThat(order.expires()).isNull();
    assertThat(order.delta()).isNull();
  }

  @Test
  void leadsFromTheAddressOfTheFormToThePage() {
    assertThat(desk.get(FORM).fields().toString())
        .contains("/desk/crates/zstd-sys/2.1.3+zstd.1.5.7/review?base=2.1.2%2Bzstd.1.5.7");
  }

  private static UnblockedLockfileInfo lockfile(@Nullable String name, long left) {
    return new UnblockedLockfileInfo(
        DiffSamples.CKSUM,
        name,
        "ci",
        ReviewSamples.EARLIER,
        1,
        left == 0,
        new StillWithheldInfo(List.of(), left, 0, true));
  }

  @Test
  void formNamesTheLockfilesThatTheDecisionUnblocks() {
    assertThat(desk.page(ReviewSamples.PAGE)).doesNotContain("Unblocks");
    desk.reply(
        RequestOperations.UNBLOCKED_LOCKFILES,
        new UnblockedLockfilesReply(
            List.of(
                lockfile("web/Cargo.lock", 0),
                lockfile("a<b>", 0),
                lockfile(null, 0),
                lockfile("cli/Cargo.lock", 3)),
            0));

    assertThat(desk.page(ReviewSamples.PAGE))
        .contains(
            "Unblocks <b><bdi>web/Cargo.lock, a&lt;b&gt;, %s</bdi></b>"
                .formatted(DiffSamples.CKSUM.hex().substring(0, 12)))
        .contains(
            "<span>1 lockfile still does not pass: at most 3 more versions are not served</span>")
        .doesNotContain("cli/Cargo.lock");
    assertThat(desk.requests(UnblockedLockfilesRequest.class).getLast().specs())
        .containsExactly(new CrateSpec(DiffSamples.NAME, DiffSamples.VERSION, null));
  }

  @Test
  void reasonOfAFormThatCanBeSentLaterIsShown() {
    desk.refuse(CrateOperations.VERSION, ErrorCode.RATE_LIMITED, "too many requests");
    String fields = "reason=%3C/textarea%3Eread+all&kind=approve";

    WebResponse refused = desk.form(ReviewSamples.VERSION + "/decision", fields);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().text())
        .contains("<h1 id=\"error-title\">Too many requests</h1>")
        .contains("rows=\"6\" readonly>&lt;/textarea&gt;read all</textarea>");
    desk.refuse(CrateOperations.VERSION, ErrorCode.UNKNOWN, "no such version");
    assertThat(desk.form(ReviewSamples.VERSION + "/decision", fields).body().text())
        .doesNotContain("<textarea");
  }

  @Test
  void formCountsTheLockfilesThatStillDoNotPass() {
    desk.reply(
        RequestOperations.UNBLOCKED_LOCKFILES,
        new UnblockedLockfilesReply(
            List.of(lockfile("web/Cargo.lock", 1), lockfile("cli/Cargo.lock", 1)), 0));

    assertThat(desk.page(ReviewSamples.PAGE))
        .contains(
            "<span>2 lockfiles still do not pass: at most 1 more version is not served</span>")
        .doesNotContain("Unblocks");
  }
}
