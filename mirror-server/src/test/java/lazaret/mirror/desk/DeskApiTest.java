package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.mirror.TestGate;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.RouteTable;
import lazaret.vetting.gate.fixture.DeskResponse;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeskApiTest {
  private static final OpenApi FILE = new OpenApi();

  @TempDir Path folder;
  private @Nullable TestGate opened;

  @BeforeEach
  void open() {
    opened = new TestGate(folder.resolve("data"), Map.of());
  }

  @AfterEach
  void close() {
    gate().close();
  }

  private TestGate gate() {
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }

  /// Sends a request to the desk and compares the response with docs/openapi.json.
  private DeskResponse ask(String method, String target, String body) {
    DeskResponse answer = gate().desk(method, target, body);
    int mark = target.indexOf('?');
    String path = Operations.PREFIX + (mark < 0 ? target : target.substring(0, mark));
    new RouteTable(Operations.all())
        .match(method, path)
        .ifPresent(
            match ->
                assertThat(FILE.faults(match.operation(), answer.status(), answer.body()))
                    .as("%s %s against docs/openapi.json: %s", method, target, answer.body().text())
                    .isEmpty());
    return answer;
  }

  private JsonNode ok(String method, String target, String body) {
    DeskResponse answer = ask(method, target, body);
    assertThat(answer.status()).as(answer.body().text()).isBetween(200, 299);
    return OpenApi.parse(answer.body());
  }

  private String error(int status, String method, String target, String body) {
    DeskResponse answer = ask(method, target, body);
    assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
    JsonNode first = OpenApi.parse(answer.body()).path("errors").path(0);
    return first.path("code").asText() + ": " + first.path("detail").asText();
  }

  private static String approve(String spec) {
    return "{\"kind\":\"approve\",\"specs\":[\"" + spec + "\"],\"reason\":\"read it\"}";
  }

  private static String lockfile(CrateId... ids) {
    StringBuilder text = new StringBuilder("version = 4\\n");
    for (CrateId id : ids) {
      text.append(
          "\\n[[package]]\\nname = \\\"%s\\\"\\nversion = \\\"%s\\\"\\nsource = \\\"registry+%s\\\"\\nchecksum = \\\"%s\\\"\\n"
              .formatted(
                  id.name(), id.version(), lazaret.vetting.crates.CratesIo.GIT_INDEX, id.cksum()));
    }
    return text.toString();
  }

  @Test
  void tellsHowTheGateIs() {
    JsonNode status = ok("GET", "/status", "");

    assertThat(status.path("policy").path("cooldown").asText()).isEqualTo("7d");
    assertThat(status.path("policy").path("mode").asText()).isEqualTo("enforce");
    assertThat(status.path("time").asText()).isEqualTo("2026-11-24T12:00:00Z");
    assertThat(status.path("crates").asLong()).isZero();
  }

  @Test
  void showsACrateWithItsVerdicts() {
    gate().publish("alpha", "1.0.0", 100);
    gate().publish("alpha", "1.1.0", 2);

    JsonNode crate = ok("GET", "/crates/alpha", "");

    assertThat(crate.path("newest_served").asText()).isEqualTo("1.0.0");
    assertThat(crate.path("versions").path(1).path("verdict").path("kind").asText())
        .isEqualTo("hold");
    assertThat(crate.path("versions").path(1).path("served").asBoolean()).isFalse();
  }

  @Test
  void explainsAVersionAlsoWithBuildMetadata() {
    gate().publish("alpha", "1.0.0+meta", 100);

    assertThat(ok("GET", "/crates/alpha/1.0.0+meta", "").path("version").asText())
        .isEqualTo("1.0.0+meta");
    assertThat(ok("GET", "/crates/alpha/1.0.0%2Bmeta", "").path("served").asBoolean()).isTrue();
  }

  @Test
  void knowsNoCrateAndNoVersionThatUpstreamDoesNotKnow() {
    gate().publish("alpha", "1.0.0", 100);

    assertThat(error(404, "GET", "/crates/beta", ""))
        .isEqualTo("unknown: there is no crate 'beta'");
    assertThat(error(404, "GET", "/crates/alpha/2.0.0", ""))
        .isEqualTo("unknown: there is no 'alpha 2.0.0' in the index");
  }

  @Test
  void aVersionThatUpstreamListsWithoutItsBytesIsKnown() {
    gate().publish("alpha", "1.0.0", 100);
    gate().registry.removeArtifact("alpha", "1.0.0");
    String missing = "bytes-missing: upstream lists it but has no such file (status 403)";

    assertThat(error(404, "POST", "/prefetch", "{\"spec\":\"alpha@1.0.0\"}")).isEqualTo(missing);
    assertThat(error(404, "GET", "/crates/alpha/1.0.0/artifact", "")).isEqualTo(missing);
    JsonNode version = ok("GET", "/crates/alpha/1.0.0", "");
    assertThat(version.path("served").asBoolean()).isTrue();
    assertThat(version.path("fetch_failed").path("code").asText()).isEqualTo("bytes-missing");
  }

  @Test
  void saysThatUpstreamIsDownInsteadOfUnknown() {
    gate().remote.switchOff();

    assertThat(error(503, "GET", "/crates/alpha", "")).startsWith("upstream-unavailable: ");
  }

  @Test
  void approvesAndTheNextAnswerFollows() {
    CrateId id = gate().publish("alpha", "1.1.0", 2);

    JsonNode report = ok("POST", "/decisions", approve("alpha@1.1.0"));

    JsonNode recorded = report.path("recorded").path(0);
    assertThat(recorded.path("cksum").asText()).isEqualTo(id.cksum().hex());
    assertThat(recorded.path("by").asText()).isEqualTo("local:ann");
    JsonNode version = ok("GET", "/crates/alpha/1.1.0", "");
    assertThat(version.path("served").asBoolean()).isTrue();
    assertThat(version.path("decisions").path(0).path("reason").asText()).isEqualTo("read it");
  }

  @Test
  void decidesOnAllVersionsOfARequirement() {
    gate().publish("alpha", "1.0.0", 3);
    gate().publish("alpha", "1.1.0", 2);
    gate().publish("alpha", "2.0.0", 1);

    JsonNode report = ok("POST", "/decisions", approve("alpha@^1"));

    assertThat(report.path("recorded").findValuesAsText("version"))
        .containsExactly("1.0.0", "1.1.0");
  }

  @Test
  void decidesAllOrNothing() {
    gate().publish("alpha", "1.0.0", 3);
    String order =
        "{\"kind\":\"approve\",\"specs\":[\"alpha@1.0.0\",\"alpha@9.9.9\"],\"reason\":\"x\"}";

    DeskResponse answer = ask("POST", "/decisions", order);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(OpenApi.parse(answer.body()).path("errors").path(0).path("version").asText())
        .isEqualTo("9.9.9");
    assertThat(ok("GET", "/crates/alpha/1.0.0", "").path("decisions")).isEmpty();
  }

  @Test
  void bindsADecisionToTheBytesThatWereLookedAt() {
    gate().publish("alpha", "1.0.0", 3);
    String other = "0".repeat(64);
    String order = approve("alpha@1.0.0").replace("}", ",\"cksum\":\"" + other + "\"}");

    assertThat(error(409, "POST", "/decisions", order)).startsWith("cksum-mismatch: ");
  }

  @Test
  void refusesAnOrderThatRestsOnOtherDecisionsThanTheLatest() {
    gate().publish("alpha", "1.0.0", 3);
    gate().publish("alpha", "1.1.0", 3);
    ok("POST", "/decisions", approve("alpha@1.0.0").replace("approve", "deny"));
    String order = approve("alpha@1.0.0").replace("}", ",\"seen_decisions\":0}");

    assertThat(error(409, "POST", "/decisions", order))
        .isEqualTo(
            "stale: expected the 0 decisions that were seen, found 1; read the latest one, then decide again");
    assertThat(ok("GET", "/crates/alpha/1.0.0", "").path("decisions")).hasSize(1);
    assertThat(error(400, "POST", "/decisions", order.replace("1.0.0", "^1")))
        .endsWith("expected one version with 'seen_decisions', found 2");
    JsonNode report = ok("POST", "/decisions", order.replace(":0}", ":1}"));
    assertThat(report.path("recorded")).hasSize(1);
  }

  @Test
  void refusesADifferenceOfSeveralVersionsOrToAnUnknownOne() {
    gate().publish("alpha", "1.0.0", 3);
    gate().publish("alpha", "1.1.0", 3);
    String order = approve("alpha@1.1.0").replace("}", ",\"delta\":\"9.9.9\"}");

    assertThat(error(404, "POST", "/decisions", order))
        .isEqualTo("unknown: cannot compare with 9.9.9: there is no such version");
    assertThat(error(400, "POST", "/decisions", order.replace("9.9.9", "1.1.0")))
        .contains("cannot compare 1.1.0 with itself");
    String known = order.replace("9.9.9", "1.0.0");
    assertThat(error(400, "POST", "/decisions", known.replace("@1.1.0", "@^1")))
        .endsWith("expected one version with 'delta', found 2");
    assertThat(ok("POST", "/decisions", known).path("recorded")).hasSize(1);
  }

  @Test
  void bindsEachOfSeveralVersionsToTheBytesThatWereLookedAt() {
    CrateId one = gate().publish("alpha", "1.0.0", 3);
    CrateId two = gate().publish("beta", "1.0.0", 3);
    String listed =
        """
        {"kind":"approve","reason":"x","versions":[
          {"name":"alpha","version":"1.0.0","cksum":"%s"},
          {"name":"beta","version":"1.0.0","cksum":"%s"}]}
        """;

    String changed = listed.formatted(one.cksum(), "0".repeat(64));
    assertThat(error(409, "POST", "/decisions", changed)).startsWith("cksum-mismatch: ");
    assertThat(ok("GET", "/crates/alpha/1.0.0", "").path("decisions")).isEmpty();

    JsonNode report = ok("POST", "/decisions", listed.formatted(one.cksum(), two.cksum()));
    assertThat(report.path("recorded")).hasSize(2);
  }

  @Test
  void approvesALockfileAndThenServesAllOfIt() {
    CrateId young = gate().publish("alpha", "1.0.0", 1);
    CrateId aged = gate().publish("beta", "1.0.0", 100);
    String lock = lockfile(young, aged);

    JsonNode before = ok("POST", "/verify", "{\"lockfile\":\"" + lock + "\"}");
    assertThat(before.path("passes").asBoolean()).isFalse();
    assertThat(before.path("packages").findValuesAsText("status"))
        .containsExactly("withheld", "served");

    JsonNode report =
        ok(
            "POST",
            "/decisions",
            "{\"kind\":\"approve\",\"lockfile\":\"%s\",\"lockfile_name\":\"Cargo.lock\",\"only_withheld\":true,\"reason\":\"x\"}"
                .formatted(lock));
    assertThat(report.path("recorded").findValuesAsText("name")).containsExactly("alpha");
    assertThat(ok("POST", "/verify", "{\"lockfile\":\"" + lock + "\"}").path("passes").asBoolean())
        .isTrue();
  }

  @Test
  void refusesALockfileWhoseChecksumIsNotTheIndexs() {
    CrateId id = gate().publish("alpha", "1.0.0", 100);
    String lock = lockfile(new CrateId(id.name(), id.version(), Sha256.of(Bytes.utf8("other"))));

    JsonNode report = ok("POST", "/verify", "{\"lockfile\":\"" + lock + "\"}");
    assertThat(report.path("packages").path(0).path("status").asText()).isEqualTo("tampered");
    assertThat(
            error(
                409,
                "POST",
                "/decisions",
                "{\"kind\":\"approve\",\"lockfile\":\"" + lock + "\",\"reason\":\"x\"}"))
        .startsWith("cksum-mismatch: ");
  }

  @Test
  void prefetchesTheNewestServedVersionOfARequirement() {
    gate().publish("alpha", "1.0.0", 100);
    gate().publish("alpha", "1.1.0", 90);
    gate().publish("alpha", "1.2.0", 1);

    JsonNode held = ok("POST", "/prefetch", "{\"spec\":\"alpha@^1\"}");

    assertThat(held.path("version").asText()).isEqualTo("1.1.0");
    assertThat(ok("GET", "/crates/alpha/1.1.0", "").path("stored").asBoolean()).isTrue();
  }

  @Test
  void refusesToPrefetchWhatIsWithheldAndQueuesIt() {
    gate().publish("alpha", "1.2.0", 1);

    assertThat(
            error(
                403,
                "POST",
                "/prefetch",
                "{\"spec\":\"alpha@1.2.0\",\"lockfile_name\":\"app/Cargo.lock\"}"))
        .startsWith("refused-by-policy: BLOCKED alpha 1.2.0: ");
    assertThat(ok("GET", "/queue", "").path("counts").path("hold").asInt()).isEqualTo(1);
    assertThat(error(400, "GET", "/queue?view=mine", ""))
        .contains("expected one of waiting, hold, served, closed, all");
    JsonNode request = ok("GET", "/queue?view=hold", "").path("requests").path(0);
    JsonNode closed =
        ok("POST", "/queue/alpha/1.2.0", "{\"act\":\"close\",\"text\":\"not needed\"}");
    assertThat(closed.path("state").asText()).isEqualTo("closed");
    assertThat(ok("GET", "/queue/alpha/1.2.0", "").path("history")).hasSize(1);
    assertThat(error(400, "POST", "/queue/alpha/1.2.0", "{\"act\":\"ask\",\"text\":\"r\"}"))
        .contains("expected one of close, reopen, comment, assign, unassign as `act`");
    assertThat(error(404, "GET", "/queue/alpha/9.0.0", "")).contains("no open request");
    assertThat(request.path("name").asText()).isEqualTo("alpha");
    assertThat(request.path("lockfiles").path(0).asText()).isEqualTo("app/Cargo.lock");
    assertThat(request.path("requesters").path(0).asText()).isEqualTo("local:ann@local");
  }

  @Test
  void callsWrongBytesOfUpstreamAMismatch() {
    gate().publish("alpha", "1.0.0", 100);
    gate()
        .registry
        .artifact(
            "alpha",
            "1.0.0",
            CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", "evil").build());

    assertThat(error(409, "POST", "/prefetch", "{\"spec\":\"alpha@1.0.0\"}"))
        .startsWith("cksum-mismatch: upstream sent bytes");
  }

  @Test
  void listsTheLedgerFromAnywhere() {
    gate().publish("alpha", "1.0.0", 3);
    ok("POST", "/decisions", approve("alpha@1.0.0"));
    ok("POST", "/tokens", "{\"name\":\"ci\",\"scopes\":[\"read\"]}");

    JsonNode all = ok("GET", "/events", "");
    long next = all.path("next").asLong();
    assertThat(all.path("events").path(0).path("decision").path("kind").asText())
        .isEqualTo("approve");
    assertThat(all.path("events").path((int) next - 1).path("notice").path("kind").asText())
        .isEqualTo("token-created");
    assertThat(ok("GET", "/events?after=" + next, "").path("events")).isEmpty();
    assertThat(ok("GET", "/events?after=0&limit=1", "").path("next").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=x", "limit=0", "limit=1&limit=2", "until=1", "after=%zz"})
  void refusesQueriesThatMeanNothing(String query) {
    assertThat(error(400, "GET", "/events?" + query, ""))
        .startsWith("malformed-input: cannot read");
  }

  @Test
  void showsTheSecretOfATokenOnce() {
    JsonNode made =
        ok(
            "POST",
            "/tokens",
            "{\"name\":\"ci\",\"scopes\":[\"read\",\"review\"],\"expires\":\"2027-01-01T00:00:00Z\"}");
    String secret = made.path("secret").asText();

    assertThat(gate().wiring.desk().tokens().authenticate(secret)).isPresent();
    DeskResponse list = ask("GET", "/tokens", "");
    assertThat(list.body().text()).contains("\"ci\"").doesNotContain(secret).doesNotContain("hash");
    assertThat(ok("DELETE", "/tokens/ci", "").path("revoked").asText()).isEqualTo("ci");
    assertThat(gate().wiring.desk().tokens().authenticate(secret)).isEmpty();
    assertThat(error(404, "DELETE", "/tokens/ci", "")).isEqualTo("unknown: there is no token 'ci'");
  }

  @Test
  void takesOverAnotherMirrorButVetsNothingByIt() {
    CrateBuilder young = CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", "");
    String line = young.indexLine().pubtime(TestGate.START.minus(Duration.ofDays(1))).build();

    ok("PUT", "/import/index/alpha", line + "\n");
    DeskResponse answer =
        gate().desk("PUT", "/import/crates/alpha/1.0.0", young.build(), caller(DeskRole.ADMIN));
    assertThat(answer.status()).as(answer.body().text()).isEqualTo(200);
    assertThat(ok("POST", "/import", "{\"detail\":\"imported\"}").path("noted").asBoolean())
        .isTrue();
    JsonNode version = ok("GET", "/crates/alpha/1.0.0", "");
    assertThat(version.path("stored").asBoolean()).isTrue();
    assertThat(version.path("served").asBoolean()).isFalse();
  }

  @Test
  void takesOverNoBytesThatTheIndexDoesNotName() {
    CrateBuilder crate = CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", "");
    ok("PUT", "/import/index/alpha", crate.indexLine().build() + "\n");

    assertThat(error(409, "PUT", "/import/crates/alpha/1.0.0", "not a crate"))
        .startsWith("cksum-mismatch: ");
    assertThat(error(400, "PUT", "/import/index/beta", "not an index file"))
        .startsWith("malformed-input: ");
  }

  @Test
  void checksTheStore() {
    gate().publish("alpha", "1.0.0", 100);
    ok("POST", "/prefetch", "{\"spec\":\"alpha\"}");

    JsonNode report = ok("POST", "/fsck", "{}");

    assertThat(report.path("clean").asBoolean()).as(report.toString()).isTrue();
    assertThat(report.path("artifacts").asLong()).isEqualTo(1);
    JsonNode records = ok("POST", "/fsck", "{\"skip_artifacts\":true}");
    assertThat(records.path("artifacts").asLong()).isZero();
    assertThat(records.path("crates").asLong()).isEqualTo(1);
  }

  @Test
  void backsUpIntoAnAbsoluteFolderOnly() {
    assertThat(error(400, "POST", "/backup", "{\"folder\":\"copy\"}"))
        .isEqualTo(
            "malformed-input: cannot read the request: `folder`: cannot read the path 'copy': expected an absolute path on the server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json => expected a JSON object",
        "[] => expected an object, found a list",
        "{\"kind\":\"approve\",\"reason\":\"x\"} {} => expected one object, found more after it",
        "{\"kind\":\"approve\",\"kind\":\"deny\"} => Duplicate field 'kind'",
        "{\"kind\":\"maybe\",\"reason\":\"x\"} => expected one of approve, exempt, deny, revoke as `kind`",
        "{\"kind\":\"approve\",\"specs\":[\"a@1.0.0\"]} => `reason` is missing",
        "{\"kind\":\"approve\",\"specs\":[\"a\"],\"reason\":\"x\"} => 'a@*' names all versions",
        "{\"kind\":\"approve\",\"reason\":\"x\"} => expected a version in `specs`, `versions` or `lockfile`",
        "{\"kind\":\"approve\",\"specs\":\"a@1.0.0\",\"reason\":\"x\"} => expected a list as `specs`",
        "{\"kind\":\"approve\",\"specs\":[\"a@1.0.0\"],\"reason\":\"x\",\"expire\":\"2027\"} => found unknown field `expire`",
        "{\"kind\":\"approve\",\"specs\":[\"a@1.0.0\"],\"reason\":\"x\",\"expires\":\"soon\"} => expected a time like",
        "{\"kind\":\"approve\",\"specs\":[\"../etc@1.0.0\"],\"reason\":\"x\"} => cannot read crate name",
        "{\"kind\":\"approve\",\"specs\":[\"a@1.0.0\"],\"reason\":\"  \"} => expected a reason of 1 to 2000"
      })
  void refusesOrdersThatAreNotAsDescribed(String bodyAndWhy) {
    int arrow = bodyAndWhy.indexOf(" => ");

    assertThat(error(400, "POST", "/decisions", bodyAndWhy.substring(0, arrow)))
        .contains(bodyAndWhy.substring(arrow + 4));
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThat(error(400, "POST", "/decisions", "{\"a\":" + "[".repeat(10_000)))
        .startsWith("malformed-input: ");
  }

  @ParameterizedTest
  @CsvSource({"GET,/nothing", "POST,/status", "GET,/crates/a/b/c", "GET,/crates/"})
  void hasNoOtherPaths(String method, String path) {
    DeskResponse answer = gate().desk(method, path, "");

    assertThat(answer.status()).isIn(404, 400);
  }

  @Test
  void asksEachRouteForItsRole() {
    for (Operation<?, ?> operation : Operations.all()) {
      if (operation.access() == Access.PUBLIC) {
        continue;
      }
      for (DeskRole role : DeskRole.values()) {
        DeskResponse answer =
            gate()
                .desk(
                    operation.route().method().name(),
                    operation.route().path().replace("{name}", "x").replace("{version}", "1.0.0"),
                    Bytes.EMPTY,
                    caller(role));

        Set<DeskRole> roles = operation.access().roles();
        boolean allowed = roles.isEmpty() || roles.stream().anyMatch(role::includes);
        assertThat(answer.body().text().contains("\"forbidden\""))
            .as("%s with %s: %s", operation, role, answer.body().text())
            .isEqualTo(!allowed);
      }
    }
  }

  @Test
  void refusalNamesTheMissingRole() {
    DeskResponse answer =
        gate().desk("POST", "/decisions", Bytes.utf8("{}"), caller(DeskRole.AUDITOR));

    assertThat(answer.body().text()).contains("token 't' lacks the role 'reviewer'");
  }

  @Test
  void reviewerOfSomeCratesDecidesOnThoseAlone() {
    gate().publish("alpha", "1.2.0", 1);
    gate().publish("zstd-sys", "1.2.0", 1);
    Caller limited =
        Caller.person("ann", RoleGrants.parse(List.of("reviewer:zstd-*")), "127.0.0.1");

    DeskResponse refused = approve("alpha@1.2.0", limited);
    DeskResponse approved = approve("zstd-sys@1.2.0", limited);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().text())
        .contains("ann lacks the role reviewer for this crate; the roles are: reviewer:zstd-*");
    assertThat(approved.status()).isEqualTo(200);
    assertThat(gate().desk("GET", "/events", "").body().text()).contains("\"sign_in\":\"browser\"");
  }

  private DeskResponse approve(String spec, Caller caller) {
    String order = "{\"kind\":\"approve\",\"specs\":[\"%s\"],\"reason\":\"read\"}".formatted(spec);
    return gate().desk("POST", "/decisions", Bytes.utf8(order), caller);
  }

  @Test
  void hidesWhoAskedFromReaders() {
    gate().publish("alpha", "1.2.0", 1);
    error(403, "POST", "/prefetch", "{\"spec\":\"alpha@1.2.0\"}");

    DeskResponse answer =
        gate().desk("GET", "/crates/alpha/1.2.0", Bytes.EMPTY, caller(DeskRole.REQUESTER));

    assertThat(answer.body().text()).contains("\"request\"").doesNotContain("ann");
  }

  private static Caller caller(DeskRole role) {
    return new Caller("t", "t", RoleGrants.of(role), SignInMethod.TOKEN, null, "127.0.0.1");
  }
}
