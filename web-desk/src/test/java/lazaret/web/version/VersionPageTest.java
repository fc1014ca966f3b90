package lazaret.web.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.BlastRadiusInfo;
import lazaret.vetting.deskapi.crates.BlastRadiusRequest;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.HolderInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.ReleaseDeltaInfo;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.RequestHistoryReply;
import lazaret.vetting.deskapi.requests.RequestStepInfo;
import lazaret.vetting.deskapi.review.AdvisoryMatchInfo;
import lazaret.vetting.deskapi.review.ReviewDependencyInfo;
import lazaret.vetting.deskapi.review.TakeoverSignInfo;
import lazaret.vetting.deskapi.review.VersionEvidenceReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VersionPageTest {
  private static final String PAGE = "/desk/crates/zstd-sys/2.1.3";
  private static final Instant EARLIER = Instant.parse("2026-11-28T14:02:00Z");
  private static final Instant LATER = Instant.parse("2026-12-05T14:02:00Z");

  private static VersionReply version(DecisionInfo... decisions) {
    return version(List.of(decisions), null, null, null);
  }

  private static VersionReply version(
      List<DecisionInfo> decisions,
      @Nullable FindingsInfo findings,
      @Nullable ReleaseDeltaInfo delta,
      @Nullable DetonationInfo detonation) {
    VerdictInfo verdict =
        new VerdictInfo(
            VerdictInfo.Kind.HOLD,
            LATER,
            List.of(new ReasonInfo("signal", "build-changed: build.rs differs")));
    return new VersionReply(
        CrateName.parse("zstd-sys"),
        CrateVersion.parse("2.1.3"),
        Sha256.parse("ab".repeat(32)),
        verdict,
        false,
        true,
        null,
        null,
        false,
        null,
        false,
        false,
        EARLIER,
        false,
        null,
        EARLIER,
        EARLIER,
        null,
        null,
        null,
        null,
        findings,
        delta,
        decisions,
        null,
        detonation,
        List.of());
  }

  private static FixedDesk desk(DeskRole role, @Nullable VersionEvidenceReply evidence) {
    FixedDesk desk = FixedDesk.of(role).reply(CrateOperations.VERSION, version());
    return evidence == null ? desk : desk.reply(ReviewOperations.EVIDENCE, evidence);
  }

  private static ReviewDependencyInfo dependency(
      String name, @Nullable String version, VerdictInfo.@Nullable Kind kind) {
    return new ReviewDependencyInfo(
        name,
        "^1.0",
        ReviewDependencyInfo.Kind.BUILD,
        true,
        null,
        version == null,
        version == null ? null : CrateVersion.parse(version),
        kind == null ? null : new VerdictInfo(kind, null, List.of()),
        kind == VerdictInfo.Kind.ALLOW,
        version == null ? "its index file is not stored yet" : null);
  }

  @Test
  void showsWhoPublishedAVersionOfAPrivateCrate() {
    CrateName name = CrateName.parse("zstd-sys");
    PublicationInfo published =
        new PublicationInfo(
            CrateVersion.parse("2.1.3"),
            Sha256.parse("ab".repeat(32)),
            PublicationInfo.State.HELD,
            EARLIER,
            "ci:release",
            "ci-forge-0123",
            new PublicationInfo.Job("https://ci.example", "812", "acme/core", "0123abc", null),
            "cargo/1.95.0 <b>",
            "first version");
    PrivateCrateReply crate =
        new PrivateCrateReply(name, EARLIER, "ada", "here", List.of(), List.of(published));

    assertThat(desk(DeskRole.READER, null).reply(HostingOperations.CRATE, crate).page(PAGE))
        .contains("id=\"published-title\"", "ci:release", "ci-forge-0123", "first version")
        .contains("run 812 of acme/core, commit 0123abc, https://ci.example")
        .contains("cargo/1.95.0 &lt;b&gt;", "href=\"/desk/private/zstd-sys\"");
    assertThat(desk(DeskRole.READER, null).page(PAGE)).doesNotContain("published-title");
  }

  @Test
  void showsTheReasonAsASentenceAndTheEndOfTheCooldown() {
    assertThat(desk(DeskRole.READER, null).page(PAGE))
        .contains(
            "Why it is not served",
            "<bdi>The build script changed; held until 5 December 2026.</bdi>")
        .contains("<dt>Cooldown ends</dt><dd><time datetime=\"2026-12-05T14:02:00Z\">");
  }

  @Test
  void showsDependenciesWithTheirVerdicts() {
    VersionEvidenceReply evidence =
        new VersionEvidenceReply(
            List.of(),
            List.of(),
            List.of(),
            List.of(
                dependency("bindgen", null, null),
                dependency("cc", "1.11.2", VerdictInfo.Kind.ALLOW)));

    assertThat(desk(DeskRole.READER, evidence).page(PAGE))
        .contains("<h2 id=\"dependencies-title\">Dependencies</h2>")
        .contains("<bdi>bindgen</bdi></a> <span class=\"tag\">new</span>", "Unknown</span>")
        .contains("<bdi>its index file is not stored yet</bdi>")
        .contains("href=\"/desk/crates/cc/1.11.2\">1.11.2</a>", "class=\"badge  allow\"")
        .contains("build, optional");
  }

  @Test
  void historyStatesTheBaseAndWhatTheApproverHadRead() {
    ContextInfo context =
        new ContextInfo(
            null, null, List.of("build-script 29/29", "runtime 3/9"), "1", 0, List.of(), List.of());
    DecisionInfo approval =
        new DecisionInfo(
            CrateName.parse("zstd-sys"),
            CrateVersion.parse("2.1.3"),
            Sha256.parse("ab".repeat(32)),
            DecisionInfo.Kind.APPROVE,
            EARLIER,
            "jonas",
            "only headers moved",
            null,
            List.of(),
            List.of(),
            CrateVersion.parse("2.1.2"),
            List.of(),
            context);

    assertThat(
            FixedDesk.of(DeskRole.READER)
                .reply(CrateOperations.VERSION, version(approval))
                .page(PAGE))
        .contains("<b><bdi>jonas</bdi></b>", "<q><bdi>only headers moved</bdi></q>")
        .contains("approved it as a difference to 2.1.2, read: build-script 29/29, runtime 3/9");
  }

  @Test
  void evidenceHasAdvisoriesAndTakeoverSigns() {
    VersionEvidenceReply evidence =
        new VersionEvidenceReply(
            List.of(advisory("RUSTSEC-2026-0001"), advisory("RUSTSEC-2026-0002")),
            List.of(
                new TakeoverSignInfo(
                    "new-publisher", TakeoverSignInfo.Weight.NOTE, "another account", null)),
            List.of("RUSTSEC-2025-0009"),
            List.of());

    assertThat(desk(DeskRole.READER, evidence).page(PAGE))
        .contains("<b><bdi>RUSTSEC-2026-0001: leaks, high (7.5)</bdi></b>")
        .contains("Also RUSTSEC-2026-0002. It is the smallest fix for RUSTSEC-2025-0009.")
        .contains("<dt>Takeover</dt><dd><b><bdi>new-publisher</bdi></b> <bdi>another account")
        .contains("No dependency.");
  }

  private static AdvisoryMatchInfo advisory(String id) {
    return new AdvisoryMatchInfo(
        id,
        List.of(id),
        AdvisoryInfo.Kind.VULNERABILITY,
        "high (7.5)",
        "leaks",
        null,
        List.of("rustsec"),
        List.of(),
        false,
        false);
  }

  @Test
  void absenceOfEvidenceIsSaid() {
    VersionEvidenceReply none =
        new VersionEvidenceReply(List.of(), List.of(), List.of(), List.of());

    assertThat(desk(DeskRole.READER, none).page(PAGE))
        .contains("<dt>Advisories</dt><dd><b><bdi>None</bdi></b>")
        .contains("<dt>Takeover</dt><dd><b><bdi>No sign</bdi></b> <bdi>of a hijacked crate")
        .contains("<dt>Sandbox</dt><dd><b><bdi>Not built alone</bdi></b>");
    assertThat(desk(DeskRole.READER, null).page(PAGE))
        .contains("<dt>Takeover</dt><dd><b><bdi>Not known</bdi></b>")
        .doesNotContain("dependencies-title");
  }

  private static FindingsInfo findings(CapabilityInfo... capabilities) {
    return new FindingsInfo(
        true,
        1,
        List.of(),
        true,
        false,
        "MIT OR Apache-2.0",
        null,
        2_048,
        12,
        List.of(),
        List.of(capabilities));
  }

  private static CapabilityInfo capability(String what) {
    return new CapabilityInfo(CapabilityInfo.Place.BUILD, what, 2, "build.rs", 14);
  }

  private static String evidence(VersionReply version) {
    return FixedDesk.of(DeskRole.READER).reply(CrateOperations.VERSION, version).page(PAGE);
  }

  @Test
  void evidenceNamesTheCapabilitiesAndThoseThatAreNew() {
    FindingsInfo found = findings(capability("network"), capability("process"));
    ReleaseDeltaInfo delta =
        new ReleaseDeltaInfo(
            CrateVersion.parse("2.1.2"),
            List.of(),
            List.of(),
            List.of(capability("network")),
            List.of());
    ReleaseDeltaInfo equal =
        new ReleaseDeltaInfo(
            CrateVersion.parse("2.1.2"), List.of(), List.of(), List.of(), List.of());

    assertThat(evidence(version(List.of(), found, delta, null)))
        .contains("<dt>Capabilities</dt><dd><b><bdi>New since 2.1.2: network</bdi></b>")
        .contains("<bdi>has network, process</bdi>")
        .contains("href=\"/desk/crates/zstd-sys/2.1.3/review#capabilities\">Compare")
        .contains("<dt>License</dt><dd><b><bdi>MIT OR Apache-2.0</bdi></b>")
        .contains("<bdi>12 files, 2.0 KiB</bdi>");
    assertThat(evidence(version(List.of(), found, equal, null)))
        .contains("<dt>Capabilities</dt><dd><b><bdi>No new kind since 2.1.2</bdi></b>");
    assertThat(evidence(version(List.of(), found, null, null)))
        .contains("<dt>Capabilities</dt><dd><b><bdi>network, process</bdi></b>");
    assertThat(evidence(version(List.of(), findings(), null, null)))
        .contains("<dt>Capabilities</dt><dd><b><bdi>None found</bdi></b>");
    assertThat(evidence(version()))
        .contains("<dt>Capabilities</dt><dd><b><bdi>Not inspected</bdi></b>");
  }

  @Test
  void evidenceHasTheBuildInTheSandboxAndItsChange() {
    TraceInfo ran = new TraceInfo(TraceInfo.Kind.RAN, "cc");
    TraceInfo denied = new TraceInfo(TraceInfo.Kind.DENIED, "connect [::1]:9");
    DetonationInfo changed =
        new DetonationInfo(
            EARLIER,
            "ci",
            "it ended",
            List.of(ran, denied),
            CrateVersion.parse("2.1.2"),
            List.of(denied),
            List.of());
    DetonationInfo first =
        new DetonationInfo(EARLIER, "ci", "it ended", List.of(ran), null, List.of(), List.of());

    assertThat(evidence(version(List.of(), null, null, changed)))
        .contains("<b><bdi>Built alone today, 14:02 by ci: 2 traces</bdi></b>")
        .contains("<bdi>1 new and 0 gone since 2.1.2</bdi>")
        .contains("href=\"/desk/crates/zstd-sys/2.1.3/review#behavior\">Compare");
    assertThat(evidence(version(List.of(), null, null, first)))
        .contains("<b><bdi>Built alone today, 14:02 by ci: 1 trace</bdi></b>")
        .doesNotContain("gone since");
  }

  @Test
  void readerHasNoFormAndNoLinkToTheLedger() {
    assertThat(desk(DeskRole.READER, null).page(PAGE))
        .contains("vetting-cli why zstd-sys@2.1.3")
        .doesNotContain("/steps", "vetting-cli approve", "Entries of the ledger");
    assertThat(desk(DeskRole.REVIEWER, null).page(PAGE))
        .contains("vetting-cli approve zstd-sys@2.1.3 --criteria safe-to-deploy --reason TEXT")
        .contains("href=\"/desk/events?crate=zstd-sys\">Entries of the ledger");
  }

  @Test
  void personWhoMayNotDecideAsksForTheVersion() {
    assertThat(desk(DeskRole.REQUESTER, null).page(PAGE))
        .contains("action=\"/desk/request/zstd-sys/2.1.3\"", "Ask for this version");
    for (DeskRole role : List.of(DeskRole.READER, DeskRole.REVIEWER, DeskRole.AUDITOR)) {
      assertThat(desk(role, null).page(PAGE)).doesNotContain("Ask for this version");
    }
  }

  @Test
  void versionWithoutAnOpenRequestMayHaveHadOne() {
    assertThat(desk(DeskRole.REVIEWER, null).page(PAGE))
        .contains("No request is open.")
        .doesNotContain("Nobody asked");
  }

  @Test
  void namesTheAssignedPersonNextToTheButton() {
    FixedDesk desk =
        desk(DeskRole.REVIEWER, null)
            .reply(
                RequestOperations.QUEUED_VERSION,
                HostileSample.of(RequestOperations.QUEUED_VERSION));

    assertThat(desk.page(PAGE))
        .contains("<span class=\"hint\">assigned to <bdi>", "<button>Assign to me</button>");
  }

  private static BlastRadiusInfo radius(boolean complete) {
    LocalDate day = LocalDate.parse("2026-11-28");
    List<HolderInfo> holders =
        IntStream.range(0, 60)
            .mapToObj(i -> new HolderInfo("ci", "10.0.0." + i, day, day, 1))
            .toList();
    return new BlastRadiusInfo(
        CrateName.parse("zstd-sys"),
        CrateVersion.parse("2.1.3"),
        holders,
        1_000,
        List.of(),
        complete);
  }

  @Test
  void namesTheLatestClientsAndTheNumberOfAll() {
    FixedDesk desk =
        desk(DeskRole.REVIEWER, null).reply(CrateOperations.BLAST_RADIUS, radius(true));

    assertThat(desk.page(PAGE))
        .contains("In use by</h2><span class=\"count\">1,060</span>")
        .contains("<bdi>10.0.0.49</bdi>", "<li>and 1,010 more</li>")
        .doesNotContain("<bdi>10.0.0.50</bdi>", "These are the latest downloads.");
  }

  @Test
  void statesThatEarlierDownloadsWereNotRead() {
    FixedDesk desk =
        desk(DeskRole.REVIEWER, null).reply(CrateOperations.BLAST_RADIUS, radius(false));

    assertThat(desk.page(PAGE))
        .contains("In use by</h2><span class=\"count\">at least 1,060</span>")
        .contains("These are the latest downloads.");
    assertThat(desk.requests(BlastRadiusRequest.class).getFirst().limit()).isEqualTo(1_000);
  }

  @Test
  void requestersAndCommentsRemainAfterTheDecision() {
    NamedRequesterInfo dora =
        new NamedRequesterInfo("dora", "the fix of 2.1", "web", null, 1, EARLIER, EARLIER);
    RequestStepInfo comment =
        new RequestStepInfo(
            RequestStepInfo.Act.COMMENT, EARLIER, "jonas", "asked the author", null, null);
    FixedDesk desk =
        desk(DeskRole.REVIEWER, null)
            .reply(
                RequestOperations.REQUEST_HISTORY,
                new RequestHistoryReply(List.of(comment), List.of(dora)));

    assertThat(desk.page(PAGE))
        .contains("<b><bdi>jonas</bdi></b> <bdi>wrote</bdi>")
        .contains("<q><bdi>asked the author</bdi></q>")
        .contains("<b><bdi>dora</bdi></b>", "<q><bdi>the fix of 2.1</bdi></q>")
        .contains("No request is open.")
        .doesNotContain("Add comment");
  }

  @Test
  void commentThatIsRefusedStaysInItsForm() {
    FixedDesk desk =
        desk(DeskRole.REVIEWER, null)
            .refuse(RequestOperations.STEP, ErrorCode.RATE_LIMITED, "too many requests");

    WebResponse refused = desk.form(PAGE + "/steps", "act=comment&text=%3C/textarea%3Easked");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().text())
        .contains("<b><bdi>Nothing was recorded.</bdi></b> <bdi>too many requests.</bdi>")
        .contains("aria-describedby=\"text-hint\">&lt;/textarea&gt;asked</textarea>");
    assertThat(desk.get(PAGE + "/steps").fields())
        .contains(new WebResponse.Field("location", PAGE));
  }

  @Test
  void refusedAssignmentHasTheCauseAlone() {
    FixedDesk desk =
        desk(DeskRole.REVIEWER, null)
            .refuse(RequestOperations.STEP, ErrorCode.UNKNOWN, "no request is open");

    WebResponse refused = desk.form(PAGE + "/steps", "act=assign");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body().text()).contains("no request is open.").doesNotContain("<textarea");
  }

  @Test
  void textsOfOthersAreEscaped() {
    FixedDesk desk =
        FixedDesk.of(DeskRole.REVIEWER)
            .reply(CrateOperations.VERSION, HostileSample.of(CrateOperations.VERSION))
            .reply(CrateOperations.BLAST_RADIUS, HostileSample.of(CrateOperations.BLAST_RADIUS))
            .reply(ReviewOperations.EVIDENCE, HostileSample.of(ReviewOperations.EVIDENCE))
            .reply(
                RequestOperations.QUEUED_VERSION,
                HostileSample.of(RequestOperations.QUEUED_VERSION));

    HostileSample.assertEscaped(desk.page(PAGE));
  }
}
