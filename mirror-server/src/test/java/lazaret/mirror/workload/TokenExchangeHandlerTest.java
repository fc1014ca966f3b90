package lazaret.mirror.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import lazaret.mirror.http.HttpResponse;
import lazaret.testkit.JsonObject;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenExchangeHandlerTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
  private static final String ACCESS = "urn:ietf:params:oauth:token-type:access_token";

  @TempDir Path folder;
  private WorkloadServer server;

  @BeforeEach
  void start() {
    server = new WorkloadServer(folder);
  }

  private static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String form(String token, String... more) {
    return String.join(
        "&",
        parameter("grant_type", GRANT),
        parameter("subject_token", token),
        parameter("subject_token_type", JWT),
        String.join("&", more));
  }

  private void refuses(HttpResponse response, String error, String description) {
    JsonObject body = JsonObject.parse(response.body());
    assertThat(response.status()).isEqualTo(400);
    assertThat(body.words("error")).isEqualTo(error);
    assertThat(body.words("error_description")).isEqualTo(description);
    assertThat(response.fields()).contains(new HttpResponse.Field("cache-control", "no-store"));
    assertThat(server.tokens.list()).isEmpty();
  }

  @Test
  void issuesATokenForAJob() {
    HttpResponse response =
        server.form(
            form(server.signed(server.claims()), parameter("requested_token_type", ACCESS)));

    JsonObject body = JsonObject.parse(response.body());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.fields())
        .contains(
            new HttpResponse.Field("cache-control", "no-store"),
            new HttpResponse.Field("pragma", "no-cache"));
    assertThat(body.words("issued_token_type")).isEqualTo(ACCESS);
    assertThat(body.words("token_type")).isEqualTo("Bearer");
    assertThat(body.number("expires_in")).isEqualTo(1_800);
    assertThat(body.words("scope")).isEqualTo("reader prefetcher");
    Token token = server.tokens.authenticate(body.words("access_token")).orElseThrow();
    assertThat(token.name()).matches("ci-forge-[0-9a-f]{16}");
    assertThat(token.owner()).isEqualTo("ci:release");
    assertThat(token.has(DeskRole.PREFETCHER)).isTrue();
    assertThat(token.has(DeskRole.REVIEWER)).isFalse();
    assertThat(token.expires()).isEqualTo(Instant.parse("2026-11-28T12:30:00Z"));
  }

  @Test
  void recordsTheRunInTheLedger() {
    server.form(form(server.signed(server.claims())));

    assertThat(server.details(Notice.Kind.TOKEN_CREATED))
        .singleElement()
        .asString()
        .startsWith("ci:release: token 'ci-forge-")
        .endsWith(
            ": run 8120 of acme/widgets at refs/heads/main, commit"
                + " 0123456789abcdef0123456789abcdef01234567, by ann");
  }

  @Test
  void issuesFewerRolesOnRequest() {
    HttpResponse response =
        server.form(form(server.signed(server.claims()), parameter("scope", "reader")));

    JsonObject body = JsonObject.parse(response.body());
    assertThat(body.words("scope")).isEqualTo("reader");
    Token token = server.tokens.authenticate(body.words("access_token")).orElseThrow();
    assertThat(token.has(DeskRole.PREFETCHER)).isFalse();
  }

  @Test
  void refusesMoreRolesThanTheBindingGrants() {
    refuses(
        server.form(form(server.signed(server.claims()), parameter("scope", "reader admin"))),
        "invalid_scope",
        "cannot issue a token: expected roles among reader, prefetcher (binding 'release'), found"
            + " 'admin reader'; request fewer roles with a new token");
  }

  @Test
  void refusesAJobWithoutABinding() {
    refuses(
        server.form(form(server.signed(server.claims().with("environment", "\"x\\\u00e9")))),
        "invalid_request",
        "no-binding: cannot accept the token of the CI job: expected repository_id '65',"
            + " repository_owner_id '42', environment 'release', an event_name that no fork can"
            + " cause (binding 'release' of issuer 'forge'), found environment ''x/?'; change the"
            + " job or the binding");
  }

  @Test
  void refusesASecondExchange() {
    String token = server.signed(server.claims());
    assertThat(server.form(form(token)).status()).isEqualTo(200);

    HttpResponse second = server.form(form(token));

    assertThat(second.status()).isEqualTo(400);
    assertThat(JsonObject.parse(second.body()).words("error_description"))
        .startsWith("token-used: cannot accept the token of the CI job");
    assertThat(server.tokens.list()).hasSize(1);
  }

  @Test
  void refusesOtherGrants() {
    refuses(
        server.form("grant_type=client_credentials"),
        "unsupported_grant_type",
        "cannot issue a token: expected grant_type " + GRANT);
    refuses(
        server.form("grant_type="),
        "invalid_request",
        "cannot issue a token: expected the parameter grant_type, found none");
  }

  @Test
  void refusesIncompleteRequests() {
    refuses(
        server.form(parameter("grant_type", GRANT)),
        "invalid_request",
        "cannot issue a token: expected the parameter subject_token, found none");
    refuses(
        server.form(parameter("grant_type", GRANT) + "&subject_token=a"),
        "invalid_request",
        "cannot issue a token: expected subject_token_type "
            + JWT
            + " or urn:ietf:params:oauth:token-type:id_token");
    refuses(
        server.form(form("a", parameter("actor_token", "b"))),
        "invalid_request",
        "cannot issue a token: expected no actor_token, found one");
    refuses(
        server.form(form("a", parameter("requested_token_type", JWT))),
        "invalid_request",
        "cannot issue a token: expected requested_token_type " + ACCESS + " or none");
  }

  @Test
  void refusesAParameterTwiceAndMalformedForms() {
    refuses(
        server.form(form("a", "subject_token=b")),
        "invalid_request",
        "cannot read the request: expected each parameter once, found one twice");
    refuses(
        server.form("grant_type=%zz"),
        "invalid_request",
        "cannot read the request: expected a form in percent-encoding, found another text");
    refuses(
        server.form("a=b&".repeat(40)),
        "invalid_request",
        "cannot read the request: expected at most 32 parameters, found more");
  }

  @Test
  void refusesOtherMethodsAndTypes() {
    assertThat(
            server.send(new WorkloadServer.Sent("GET", "", ""), TokenExchangeHandler.PATH).status())
        .isEqualTo(405);
    refuses(
        server.send(
            new WorkloadServer.Sent("POST", "application/json", "{}"), TokenExchangeHandler.PATH),
        "invalid_request",
        "cannot read the request: expected the content-type application/x-www-form-urlencoded");
  }

  @Test
  void refusesABodyOfAMegabyte() {
    HttpResponse response = server.form(form("a".repeat(1 << 20)));

    assertThat(response.status()).isEqualTo(413);
    assertThat(JsonObject.parse(response.body()).words("error_description"))
        .isEqualTo("cannot read the request: expected at most 24576 bytes, found more");
  }

  @Test
  void isUnavailableWithoutTheKeysOfTheIssuer() throws IOException {
    Files.delete(folder.resolve("keys.json"));

    HttpResponse response = server.form(form(server.signed(server.claims())));

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.fields()).contains(new HttpResponse.Field("retry-after", "30"));
    JsonObject error = JsonObject.parse(response.body());
    assertThat(error.words("error")).isEqualTo("temporarily_unavailable");
    assertThat(error.words("error_description"))
        .isEqualTo("cannot verify the token at present: try again with the same token");
  }

  @Test
  void removesExpiredTokensOfJobsOnly() {
    server.tokens.create(
        "ci-of-a-person",
        RoleGrants.of(DeskRole.READER),
        server.clock.instant().plus(Duration.ofMinutes(1)),
        "ann");
    server.form(form(server.signed(server.claims())));
    server.clock.advance(Duration.ofMinutes(39));
    server.form(form(server.signed(server.claims().with("jti", "2"))));
    assertThat(server.tokens.list()).hasSize(3);

    server.clock.advance(Duration.ofMinutes(1));
    server.form(form(server.signed(server.claims().with("jti", "3"))));

    assertThat(server.tokens.list())
        .extracting(Token::owner)
        .containsExactlyInAnyOrder("ci-of-a-person", "ci:release", "ci:release");
  }
}
