package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.requests.RequestReason;
import lazaret.vetting.desk.requests.RequestSubmission;
import lazaret.vetting.gate.retention.NoticeLimit;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestVerbTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private final CrateId aged = gate.publish("alpha", "1.0.0", 100);
  private final CrateId beta = gate.publish("beta", "1.2.0", 2);
  private final CrateId gamma = gate.publish("gamma", "0.3.0", 1);
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void open() {
    cli = CliFixture.at(folder, gate);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private CliFixture.Ran project(String... more) {
    List<String> words =
        new ArrayList<>(List.of("request", "--project", "--reason", "our new service"));
    words.addAll(List.of(more));
    return cli.run(words.toArray(String[]::new));
  }

  /// Returns the details of all requests in the ledger: version, reason, project and lockfile.
  private List<String> recorded() {
    return gate.desk().events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(Notice.class::isInstance)
        .map(Notice.class::cast)
        .filter(notice -> notice.kind() == Notice.Kind.REQUEST_MADE)
        .map(notice -> notice.name() + "@" + notice.version() + ": " + notice.detail())
        .toList();
  }

  @Test
  void asksForEachVersionOfTheLockfileThatIsNotServed() {
    cli.write("app/Cargo.lock", LockfileTexts.of(aged, beta, gamma));

    CliFixture.Ran ran = project("--lockfile", "app/Cargo.lock");

    assertThat(ran.exit()).as(ran.err()).isZero();
    GoldenFiles.hold("request-project", ran.out());
    String named = ": our new service\nproject: app\nlockfile: app/Cargo.lock";
    assertThat(recorded()).containsExactly("beta@1.2.0" + named, "gamma@0.3.0" + named);
  }

  @Test
  void mergesARequestWithTheOneThatIsThere() {
    cli.write("Cargo.lock", LockfileTexts.of(beta));
    cli.run("request", "beta@1.2.0", "--reason", "the first");

    assertThat(project().out()).contains("beta@1.2.0", "1 requested, 0 not, 0 served");

    assertThat(gate.desk().queue()).hasSize(1);
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void printsOneJsonDocument() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, beta) + LockfileTexts.git("side"));

    CliFixture.Ran ran = project("--json");

    assertThat(ran.exit()).isEqualTo(5);
    JsonObject document = ran.json();
    assertThat(document.flag("complete")).isFalse();
    assertThat(document.number("served")).isEqualTo(1);
    assertThat(document.objects("requested").getFirst().words("name")).isEqualTo("beta");
    assertThat(document.objects("failed").getFirst().words("spec")).isEqualTo("side@0.1.0");
    assertThat(document.objects("failed").getFirst().words("code")).isEqualTo("unknown");
  }

  @Test
  void hasNothingToRequestIfEverythingIsServed() {
    cli.write("Cargo.lock", LockfileTexts.of(aged));

    CliFixture.Ran ran = project();

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("nothing to request: all packages of Cargo.lock are served\n");
  }

  @Test
  void aWrongChecksumStopsAllRequests() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(beta) + LockfileTexts.registered("alpha", "1.0.0", "1".repeat(64)));

    CliFixture.Ran ran = project();

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out())
        .contains("alpha@1.0.0", "cksum-mismatch")
        .contains("nothing was requested: a checksum in Cargo.lock differs from the index");
    assertThat(recorded()).isEmpty();
  }

  @Test
  void anUnknownPackageDoesNotStopTheOthers() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(beta) + LockfileTexts.registered("nosuch", "1.0.0", "2".repeat(64)));

    CliFixture.Ran ran = project();

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.out()).contains("nosuch@1.0.0", "1 requested, 1 not, 0 served");
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void refusesMoreVersionsThanTheLimit() {
    cli.write("Cargo.lock", LockfileTexts.of(beta, gamma));

    CliFixture.Ran ran = project("--limit", "1");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("expected at most 1 that are not served, found 2; set a higher --limit");
    assertThat(recorded()).isEmpty();
    assertThat(project("--limit", "0").err()).contains("expected --limit of 1 to 1000, found 0");
  }

  @Test
  void waitsAsLongAsARateLimitNames() {
    cli.write("Cargo.lock", LockfileTexts.of(beta, gamma));
    gate.limitRequests(2);

    CliFixture.Ran ran = project();

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("2 requested, 0 not, 0 served");
    assertThat(cli.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
  }

  @Test
  void aRateLimitThatDoesNotEndIsThree() {
    cli.write("Cargo.lock", LockfileTexts.of(beta));
    gate.limitRequests(1_000);

    CliFixture.Ran ran = project();

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).contains("rate-limited", "0 requested, 1 not, 0 served");
  }

  @Test
  void aReasonHasNoCharactersThatControlATerminal() {
    cli.write("Cargo.lock", LockfileTexts.of(beta));

    CliFixture.Ran ran =
        cli.run("request", "--project", "--reason", "\u001b]0;x\u0007<script>\u202e now");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).doesNotContain("\u001b", "\u202e");
    assertThat(recorded().getFirst())
        .contains("<script>")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void theLimitOfOneDayEndsTheRequestsWithTheirResult() {
    CrateId delta = gate.publish("delta", "0.1.0", 1);
    recordRequests(NoticeLimit.KIND_A_DAY - 1);
    cli.write("Cargo.lock", LockfileTexts.of(beta, gamma, delta));

    CliFixture.Ran ran = project("--json");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.json().objects("requested")).hasSize(1);
    List<String> causes =
        ran.json().objects("failed").stream().map(each -> each.words("detail")).toList();
    assertThat(causes).hasSize(2);
    assertThat(causes)
        .allSatisfy(each -> assertThat(each).contains("at most 1000 requests on one day"));
    assertThat(causes.getLast()).startsWith("not sent after a refusal: ");
  }

  private void recordRequests(int count) {
    RequestSubmission submission =
        new RequestSubmission(
            new Requester("admin", "10.0.0.7"), "admin", RequestReason.of("needed", null, null));
    for (int i = 0; i < count; i += NoticeLimit.VERSION_A_DAY) {
      CrateId id = gate.publish("many-" + i, "1.0.0", 1);
      for (int j = i; j < Math.min(count, i + NoticeLimit.VERSION_A_DAY); j++) {
        assertThat(gate.desk().refusals().request(id.name(), id.version(), submission)).isPresent();
      }
    }
  }

  @Test
  void aReasonThatIsTooLongIsRefusedByTheGate() {
    cli.write("Cargo.lock", LockfileTexts.of(beta, gamma));

    CliFixture.Ran ran = cli.run("request", "--project", "--reason", "x".repeat(501));

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("expected a reason of 1 to 500 characters, found 501");
    assertThat(recorded()).isEmpty();
  }

  @Test
  void namesWhatACommandLineLacks() {
    assertThat(cli.run("request", "--reason", "please").err())
        .contains("missing NAME@VERSION (or --project)");
    assertThat(project("beta@1.2.0").err()).contains("NAME@VERSION or --project, found both");
    assertThat(project("--id", "5f0c").err()).contains("expected NAME@VERSION with --id");
    assertThat(cli.run("request", "--project", "--reason", " ").err()).contains("it is empty");
    assertThat(cli.run("request", "beta@1.2.0").exit()).isEqualTo(2);
    assertThat(cli.run("request").err())
        .contains("missing NAME@VERSION (or --project), and --reason TEXT");
    assertThat(recorded()).isEmpty();
  }

  @Test
  void statesThatTheReasonIsNotKept() {
    cli.write("Cargo.lock", LockfileTexts.of(beta));
    for (int i = 0; i < 4; i++) {
      assertThat(cli.run("request", "beta@1.2.0", "--reason", "please").out())
          .doesNotContain("not kept");
    }

    assertThat(cli.run("request", "beta@1.2.0", "--reason", "please").out())
        .contains("the reason is not kept: the limit of reasons for one day is reached");
    assertThat(project().out()).contains("1 requested", "the reason of 1 is not kept");
    assertThat(recorded()).hasSize(4);
  }

  @Test
  void asksOnATerminalForTheReason() {
    cli.looks = new TerminalCapabilities(true, false, false, false, 100);
    cli.typed = "needed by the parser\n";

    CliFixture.Ran ran = cli.run("request", "beta@1.2.0");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).startsWith("reason for the reviewers: ");
    assertThat(recorded()).containsExactly("beta@1.2.0: needed by the parser");
    cli.typed = "\n";
    assertThat(cli.run("request", "gamma@0.3.0").err()).contains("missing --reason TEXT");
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void asksForOneVersion() {
    CliFixture.Ran ran = cli.run("request", "beta@1.2.0", "--reason", "please");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("requested beta@1.2.0: the reviewers see it");
    assertThat(
            cli.run("request", "beta@1.2.0", "--reason", "please", "--json")
                .json()
                .flag("requested"))
        .isTrue();
    assertThat(cli.run("request", "alpha@1.0.0", "--reason", "please").exit()).isEqualTo(2);
    assertThat(cli.run("request", "nosuch@1.0.0", "--reason", "please").exit()).isEqualTo(5);
  }
}
