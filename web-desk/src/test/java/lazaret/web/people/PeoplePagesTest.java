package lazaret.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.PeopleOperations;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.people.PeopleReply;
import lazaret.vetting.deskapi.people.PersonInfo;
import lazaret.vetting.deskapi.people.PersonRemoveRequest;
import lazaret.vetting.deskapi.people.SessionsEndReply;
import lazaret.vetting.deskapi.tokens.OwnTokenInfo;
import lazaret.vetting.deskapi.tokens.OwnTokenRequest;
import lazaret.vetting.deskapi.tokens.OwnTokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.OwnTokensReply;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.deskapi.tokens.TokenRevokeReply;
import lazaret.vetting.deskapi.tokens.TokensReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.SignInMethod;
import lazaret.web.FixedDesk;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeoplePagesTest {
  private static final String PATH = "/desk/people";
  private static final String CREATE = PATH + "/tokens";
  private static final Instant AT = FixedDesk.NOW.minus(Duration.ofDays(3));

  private static FixedDesk desk(DeskRole role) {
    PersonInfo mara =
        new PersonInfo(
            "mara", "Mara Meyer", null, List.of("reviewer:zstd-*"), List.of("desk"), AT, AT, 2);
    TokenInfo ci =
        new TokenInfo("ci", "ann", List.of(), List.of("prefetcher"), SignInMethod.TOKEN, AT, null);
    TokenCreateReply created =
        new TokenCreateReply(
            "relay",
            "ann",
            List.of(),
            List.of("reader"),
            SignInMethod.TOKEN,
            AT,
            null,
            new Secret("lzr_shown-once"));
    return FixedDesk.of(role)
        .reply(PeopleOperations.PEOPLE, new PeopleReply(List.of(mara), 4))
        .reply(TokenOperations.TOKENS, new TokensReply(List.of(ci)))
        .reply(TokenOperations.CREATE_TOKEN, created);
  }

  @Test
  void showsPersonsAndTokensWithRoles() {
    assertThat(desk(DeskRole.ADMIN).page(PATH))
        .contains("5 persons signed in", "<bdi>mara</bdi>", "<bdi>Mara Meyer</bdi>")
        .contains("<bdi>reviewer:zstd-*</bdi>", "<bdi>ci</bdi>", "<bdi>prefetcher</bdi>", "never")
        .contains("End all", "Create a token", "/ci/revoke\"", "/mara/sessions/end\"")
        .contains("another account can have the name", "/desk/people/mara/remove\"")
        .doesNotContain("lzr_");
  }

  @Test
  void showsAtMostTwoHundredRowsOfEachList() {
    FixedDesk desk = desk(DeskRole.ADMIN);
    desk.reply(
        PeopleOperations.PEOPLE,
        new PeopleReply(
            Collections.nCopies(
                300, new PersonInfo("mara", "Mara Meyer", null, List.of(), List.of(), AT, AT, 2)),
            0));
    desk.reply(
        TokenOperations.TOKENS,
        new TokensReply(
            Collections.nCopies(
                450,
                new TokenInfo(
                    "ci", "ann", List.of(), List.of("reader"), SignInMethod.TOKEN, AT, null))));

    assertThat(desk.page(PATH + "?from=200"))
        .contains("450 tokens", "201 to 400 of 450", "1 to 200 of 300")
        .contains("href=\"/desk/people?from=400\">Next")
        .contains("href=\"/desk/people?from=200&amp;person=200\">Next");
  }

  @Test
  void offersAnAuditorNoChange() {
    assertThat(desk(DeskRole.AUDITOR).page(PATH))
        .contains("<bdi>mara</bdi>", "<bdi>ci</bdi>")
        .doesNotContain("End all", "Create a token", "/revoke\"", "/sessions/end\"", "/remove\"");
  }

  @Test
  void removesAPerson() {
    FixedDesk desk =
        desk(DeskRole.ADMIN)
            .reply(PeopleOperations.REMOVE_PERSON, new SessionsEndReply("mara", 2, 1));

    WebResponse removed = desk.form(PATH + "/mara/remove", "");

    assertThat(removed.status()).isEqualTo(303);
    assertThat(desk.requests(PersonRemoveRequest.class))
        .containsExactly(new PersonRemoveRequest("mara"));
    assertThat(desk.page(PATH + "?done=removed")).contains("The person is removed");
  }

  @Test
  void createsATokenWithTheRolesAndTheEnd() {
    FixedDesk desk = desk(DeskRole.ADMIN);

    WebResponse created =
        desk.form(CREATE, "name=relay&owner=ann&role=reader&role=reviewer&crates=zstd-*&days=30");

    assertThat(created.body().text()).contains("lzr_shown-once");
    assertThat(desk.requests(TokenCreateRequest.class))
        .containsExactly(
            new TokenCreateRequest(
                "relay",
                "ann",
                List.of(),
                List.of("reader", "reviewer:zstd-*"),
                FixedDesk.NOW.plus(Duration.ofDays(30))));
  }

  @Test
  void personCreatesAnOwnToken() {
    FixedDesk desk =
        desk(DeskRole.READER)
            .reply(
                TokenOperations.CREATE_OWN_TOKEN,
                new TokenCreateReply(
                    "laptop",
                    "ann",
                    List.of(),
                    List.of("publish-update:acme-*"),
                    SignInMethod.LOGIN,
                    AT,
                    AT,
                    new Secret("lzr_shown-once")));
    assertThat(desk.page(PATH + "/me")).contains("Token for cargo").doesNotContain("lzr_");

    WebResponse created =
        desk.form(PATH + "/me/tokens", "name=laptop&days=30&role=publish-update%3Aacme-*");

    assertThat(created.body().text()).contains("lzr_shown-once");
    assertThat(desk.requests(OwnTokenRequest.class))
        .containsExactly(
            new OwnTokenRequest(
                "laptop",
                List.of("publish-update:acme-*"),
                FixedDesk.NOW.plus(Duration.ofDays(30))));
    assertThat(desk.form(PATH + "/me/tokens", "name=x&days=&role=reader").status()).isEqualTo(400);
  }

  @Test
  void personRevokesAnOwnToken() {
    OwnTokenInfo own =
        new OwnTokenInfo(
            "4f2c1d0a9b8e7f60",
            "laptop",
            List.of("publish-update:acme-*"),
            SignInMethod.LOGIN,
            AT,
            null,
            FixedDesk.NOW);
    FixedDesk desk =
        desk(DeskRole.READER)
            .reply(TokenOperations.OWN_TOKENS, new OwnTokensReply(List.of(own)))
            .reply(TokenOperations.REVOKE_OWN_TOKEN, new TokenRevokeReply("laptop"));
    assertThat(desk.page(PATH + "/me"))
        .contains("<bdi>laptop</bdi>", "<bdi>publish-update:acme-*</bdi>")
        .contains("not since the start", "/desk/people/me/tokens/4f2c1d0a9b8e7f60/revoke\"");

    WebResponse revoked = desk.form(PATH + "/me/tokens/4f2c1d0a9b8e7f60/revoke", "");

    assertThat(revoked.status()).isEqualTo(303);
    assertThat(desk.requests(OwnTokenRevokeRequest.class))
        .containsExactly(new OwnTokenRevokeRequest("4f2c1d0a9b8e7f60"));
    assertThat(desk.page(PATH + "/me?done=revoked")).contains("The token is revoked.");
  }

  @Test
  void cratesLimitScopesToo() {
    FixedDesk desk = desk(DeskRole.ADMIN);

    desk.form(CREATE, "name=relay&owner=&role=reader&role=publish-update&crates=acme-*&days=");

    assertThat(desk.requests(TokenCreateRequest.class))
        .containsExactly(
            new TokenCreateRequest(
                "relay", null, List.of(), List.of("reader", "publish-update:acme-*"), null));
  }

  @Test
  void emptyFieldMakesATokenWithoutAnEnd() {
    FixedDesk desk = desk(DeskRole.ADMIN);

    desk.form(CREATE, "name=relay&owner=&role=reader&crates=&days=");

    assertThat(desk.requests(TokenCreateRequest.class))
        .containsExactly(new TokenCreateRequest("relay", null, List.of(), List.of("reader"), null));
  }

  @Test
  void cratesWithoutTheRoleReviewerAreRefused() {
    FixedDesk desk = desk(DeskRole.ADMIN);

    WebResponse refused =
        desk.form(CREATE, "name=relay&owner=ann&role=prefetcher&crates=zstd-*&days=30");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().text())
        .contains("No token was created.", "Crates limit a reviewer and scopes alone.")
        .contains("maxlength=\"64\" value=\"relay\"", "maxlength=\"64\" value=\"ann\"")
        .contains("value=\"prefetcher\" checked", "value=\"zstd-*\"", "value=\"30\"")
        .doesNotContain("value=\"reader\" checked");
    assertThat(desk.requests(TokenCreateRequest.class)).isEmpty();
  }

  @Test
  void cratesWithTheRoleAdminAreRefused() {
    FixedDesk desk = desk(DeskRole.ADMIN);

    WebResponse refused =
        desk.form(CREATE, "name=relay&role=reviewer&role=admin&crates=zstd-*&days=30");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().text()).contains("An admin decides on all crates.");
    assertThat(desk.requests(TokenCreateRequest.class)).isEmpty();
  }

  @Test
  void formThatTheGateRefusesKeepsItsFields() {
    FixedDesk desk =
        desk(DeskRole.ADMIN)
            .refuse(TokenOperations.CREATE_TOKEN, ErrorCode.MALFORMED_INPUT, "the name is taken");

    WebResponse refused = desk.form(CREATE, "name=relay&role=reader&days=");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().text())
        .contains("the name is taken.", "value=\"relay\"", "value=\"reader\" checked")
        .doesNotContain("value=\"90\"");
  }

  /// Another text would otherwise make a token without an end.
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3651", "30d", "9O", "1e3", "%D9%A3", "99999999999"})
  void createsNoTokenIfTheDaysAreNoNumber(String days) {
    FixedDesk desk = desk(DeskRole.ADMIN);

    WebResponse refused = desk.form(CREATE, "name=relay&role=reader&days=" + days);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().text()).contains("No token was created.", "1 to 3,650 days");
    assertThat(desk.requests(TokenCreateRequest.class)).isEmpty();
  }
}
