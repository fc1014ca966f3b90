package lazaret.mirror.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lazaret.mirror.http.HttpResponse;
import lazaret.testkit.JsonObject;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedPublishingHandlerTest {
  @TempDir Path folder;
  private WorkloadServer server;

  @BeforeEach
  void start() {
    server = new WorkloadServer(folder);
  }

  private String issued() {
    HttpResponse response =
        server.json("{\"jwt\":\"%s\"}".formatted(server.signed(server.claims())));
    assertThat(response.status()).isEqualTo(200);
    return JsonObject.parse(response.body()).words("token");
  }

  private static void refuses(HttpResponse response, int status, String detail) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body().text()).isEqualTo("{\"errors\":[{\"detail\":\"" + detail + "\"}]}");
  }

  @Test
  void issuesATokenAsCratesIoDoes() {
    String secret = issued();

    assertThat(server.tokens.authenticate(secret).orElseThrow().roles())
        .isEqualTo(RoleGrants.of(DeskRole.READER, DeskRole.PREFETCHER));
  }

  @Test
  void acceptsTheMethodOfCratesIo() {
    String body = "{\"jwt\":\"%s\"}".formatted(server.signed(server.claims()));

    assertThat(
            server
                .send(
                    new WorkloadServer.Sent("PUT", "application/json", body),
                    TrustedPublishingHandler.PATH)
                .status())
        .isEqualTo(200);
  }

  @Test
  void keepsTheRunOfATokenUntilItExpires() {
    String name = server.tokens.authenticate(issued()).orElseThrow().name();

    assertThat(server.issued.workload(name))
        .hasValueSatisfying(
            workload -> assertThat(workload.issuer()).isEqualTo(WorkloadServer.ISSUER));
    assertThat(server.issued.workload("ci-other")).isEmpty();
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    HttpResponse response =
        server.json("{\"newer\":1,\"jwt\":\"%s\"}".formatted(server.signed(server.claims())));

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void refusesABodyOfAnotherForm() {
    assertThat(server.json("{}").status()).isEqualTo(400);
    assertThat(server.json("[]").status()).isEqualTo(400);
    assertThat(server.json("{\"jwt\":1}").status()).isEqualTo(400);
    refuses(
        server.json("{\"jwt\":\"broken\"}"),
        400,
        "cannot accept the token of the CI job: expected a JSON Web Token, found another text; send"
            + " the token as the CI system issued it");
    refuses(
        server.json("{\"jwt\":\"" + "a".repeat(1 << 20) + "\"}"),
        413,
        "cannot read the request: expected at most 24576 bytes, found more");
    refuses(
        server.send(
            new WorkloadServer.Sent("POST", "text/plain", "{}"), TrustedPublishingHandler.PATH),
        415,
        "cannot read the request: expected application/json");
  }

  @Test
  void revokesTheTokenThatAuthorizes() {
    String secret = issued();

    HttpResponse response = server.revoke("Bearer " + secret);

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body().length()).isZero();
    assertThat(server.tokens.authenticate(secret)).isEmpty();
    assertThat(server.details(Notice.Kind.TOKEN_REVOKED))
        .singleElement()
        .asString()
        .startsWith("ci:release: token 'ci-forge-");
    assertThat(server.revoke("Bearer " + secret).status()).isEqualTo(204);
  }

  @Test
  void refusesToRevokeATokenOfAPerson() {
    String secret = server.tokens.create("ann", RoleGrants.of(DeskRole.ADMIN), null, "x").secret();

    refuses(
        server.revoke("Bearer " + secret),
        403,
        "cannot revoke the token: expected one that was issued to a CI job, found another; use"
            + " 'vetting-cli token revoke'");
    assertThat(server.tokens.authenticate(secret)).isPresent();
  }

  @Test
  void refusesARevocationWithoutAToken() {
    refuses(
        server.send(new WorkloadServer.Sent("DELETE", "", ""), TrustedPublishingHandler.PATH),
        401,
        "cannot revoke a token: expected it as authorization, found none");
    refuses(
        server.revoke("Basic YTpi"),
        401,
        "cannot revoke a token: expected Bearer lzr_ and 64 hex digits, found another text");
  }

  @Test
  void refusesOtherMethods() {
    HttpResponse response =
        server.send(new WorkloadServer.Sent("GET", "", ""), TrustedPublishingHandler.PATH);

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.fields()).contains(new HttpResponse.Field("allow", "PUT, POST, DELETE"));
  }

  @Test
  void hidesTokensInItsTexts() {
    assertThat(new TrustedPublishingRequest("secret")).asString().doesNotContain("secret");
    assertThat(FormParameters.parse("subject_token=secret")).asString().doesNotContain("secret");
  }
}
