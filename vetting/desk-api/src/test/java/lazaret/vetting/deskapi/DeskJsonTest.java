package lazaret.vetting.deskapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.audits.AuditsRefreshInfo;
import lazaret.vetting.deskapi.audits.AuditsRefreshReply;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.RemovalsConfirmReply;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.tokens.Scope;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.deskapi.tokens.TokensReply;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeskJsonTest {
  static List<Operation<?, ?>> all() {
    return Operations.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsWhatItWrote(Operation<?, ?> operation) {
    roundTrip(operation.reply());
  }

  private static <R extends Record> void roundTrip(Class<R> type) {
    for (R reply : List.of(RecordSamples.full(type), RecordSamples.minimal(type))) {
      Bytes document = DeskJson.encode(reply);

      assertThat(document.text()).doesNotContain("null");
      assertThat(DeskJson.reply(type, document)).isEqualTo(reply);
    }
  }

  @Test
  void writesFieldsInTheOrderOfTheComponents() {
    TokensReply reply =
        new TokensReply(
            List.of(
                new TokenInfo(
                    "ci",
                    "alice",
                    List.of(Scope.READ, Scope.PREFETCH),
                    List.of("prefetcher"),
                    SignInMethod.TOKEN,
                    Instant.parse("2026-11-28T10:00:00Z"),
                    null)));

    assertThat(DeskJson.encode(reply).text())
        .isEqualTo(
            "{\"tokens\":[{\"name\":\"ci\",\"owner\":\"alice\",\"scopes\":[\"read\",\"prefetch\"],"
                + "\"roles\":[\"prefetcher\"],\"method\":\"token\",\"created\":\"2026-11-28T10:00:00Z\"}]}");
  }

  @Test
  void writesTheFieldsOfAnInlineRecordAmongTheOthers() {
    String review = DeskJson.encode(RecordSamples.minimal(ReviewReply.class)).text();
    String queued = DeskJson.encode(RecordSamples.minimal(QueuedVersionReply.class)).text();

    assertThat(review).contains("\"name\":\"serde_json\"").doesNotContain("\"reviewed\"");
    assertThat(queued).contains("\"name\":\"serde_json\"").doesNotContain("\"request\"");
  }

  @Test
  void namesTheRecordOfASealedInterface() {
    AuditsRefreshReply reply =
        new AuditsRefreshReply(
            List.of(
                new AuditsRefreshInfo.Unchanged("mozilla"),
                new AuditsRefreshInfo.Refused("google", "status 404")));

    Bytes document = DeskJson.encode(reply);

    assertThat(document.text())
        .isEqualTo(
            "{\"audits\":[{\"kind\":\"unchanged\",\"name\":\"mozilla\"},"
                + "{\"kind\":\"refused\",\"name\":\"google\",\"refused\":\"status 404\"}]}");
    assertThat(DeskJson.reply(AuditsRefreshReply.class, document)).isEqualTo(reply);
  }

  @Test
  void ignoresAFieldOfANewerServer() {
    VerdictInfo verdict =
        DeskJson.reply(
            VerdictInfo.class,
            Bytes.utf8(
                "{\"kind\": \"hold\", \"since\": {\"a\": [1]}, \"reasons\": [{\"code\": \"cooldown\", \"detail\": \"d\"}]}"));

    assertThat(verdict)
        .isEqualTo(
            new VerdictInfo(VerdictInfo.Kind.HOLD, null, List.of(new ReasonInfo("cooldown", "d"))));
  }

  @Test
  void readsAnErrorCodeOfANewerServerAsInternal() {
    ErrorReply reply =
        DeskJson.reply(
            ErrorReply.class,
            Bytes.utf8("{\"errors\": [{\"code\": \"out-of-tea\", \"detail\": \"d\"}]}"));

    assertThat(reply.errors().getFirst().code()).isEqualTo(ErrorCode.INTERNAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"ci\", \"expirse\": \"2026-12-31T00:00:00Z\"}"
            + "|expected one of `name`, `owner`, `scopes`, `roles`, `expires`, found unknown field `expirse`",
        "{\"name\": \"ci\", \"name\": \"other\"}"
            + "|expected a JSON object for token-create-request, found 'Duplicate field 'name''",
        "{\"name\": 7}|expected a string as `name`, found '7'",
        "{\"name\": true}|expected a string as `name`, found 'true'",
        "{\"name\": null}|`name` is missing",
        "{\"name\": \"ci\", \"scopes\": \"read\"}|expected a list as `scopes`, found a string",
        "{\"name\": \"ci\", \"scopes\": [\"root\"]}"
            + "|expected one of read, prefetch, review, admin as `scopes[0]`, found 'root'",
        "{\"name\": \"ci\", \"scopes\": [1]}"
            + "|expected one of read, prefetch, review, admin as `scopes[0]`, found '1'",
        "{\"name\": \"ci\", \"scopes\": [null]}|expected a value as `scopes[0]`, found null",
        "{\"name\": \"ci\", \"scopes\": [\"READ\"]}"
            + "|expected one of read, prefetch, review, admin as `scopes[0]`, found 'READ'",
        "{\"name\": \"ci\", \"expires\": \"tomorrow\"}"
            + "|expected a time like 2026-12-31T00:00:00Z as `expires`, found 'tomorrow'",
        "{\"name\": \"ci\", \"expires\": 12}"
            + "|expected a time like 2026-12-31T00:00:00Z as `expires`, found a number",
        "{\"name\": \"ci\"} {}|expected one object, found more after it",
        "[]|expected an object, found a list",
        "7|expected an object, found a number",
      })
  void refusesARequestOfAnotherForm(String row) {
    String[] cells = row.split("\\|", 2);

    assertThatThrownBy(
            () ->
                DeskJson.requests(TokenOperations.CREATE_TOKEN)
                    .decode(TokenCreateRequest.class, Bytes.utf8(cells[0])))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot read the request: " + cells[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"name\": \"ci\"",
        "{\"name\": \"ci\"} {}",
        "{\"name\": \"ci\"},",
        "nul",
        "\"\"",
        "{'name': 'ci'}",
        "{name: \"ci\"}",
        "{\"name\": \"ci\",}",
        "{\"name\": \"\t\"}",
        "// x\n{}"
      })
  void refusesARequestThatIsNotJson(String document) {
    assertThatThrownBy(
            () ->
                DeskJson.requests(TokenOperations.CREATE_TOKEN)
                    .decode(TokenCreateRequest.class, Bytes.utf8(document)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the request: ");
  }

  @Test
  void refusesADocumentBeyondTheLimits() {
    String deep = "{\"name\": \"ci\", \"scopes\": " + "[".repeat(20) + "]".repeat(20) + "}";
    String many = "{\"lockfile\": \"\", \"targets\": [" + "\"a\",".repeat(5_000) + "\"a\"]}";

    assertThatThrownBy(
            () ->
                DeskJson.requests(TokenOperations.CREATE_TOKEN)
                    .decode(TokenCreateRequest.class, Bytes.utf8(deep)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(
            () ->
                DeskJson.requests(LockfileOperations.VERIFY)
                    .decode(LockfileOperations.VERIFY.request(), Bytes.utf8(many)))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot read the request: expected at most 41943040 bytes, 8 levels and 1000 values, found more");
  }

  @Test
  void refusesAMissingNumber() {
    assertThatThrownBy(
            () ->
                DeskJson.reply(
                    RemovalsConfirmReply.class, Bytes.utf8("{\"confirmed_by\": \"alice\"}")))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot read the reply: `confirmed` is missing");
  }

  @Test
  void refusesAReplyBeyondItsSize() {
    TokensReply reply = RecordSamples.full(TokensReply.class);
    int size = DeskJson.encode(reply).length();

    assertThat(DeskJson.encode(reply, size).length()).isEqualTo(size);
    assertThatThrownBy(() -> DeskJson.encode(reply, size - 1))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most %d bytes, found more".formatted(size - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "x", "{\"proof\"", "{\"proof\":1}", "{\"proof\":null}"})
  void textThatADocumentLacksIsNull(String document) {
    assertThat(DeskJson.text(Bytes.utf8(document), "proof")).isNull();
  }

  @Test
  void textIsReadBeforeTheRestOfTheDocument() {
    Bytes document = Bytes.utf8("{\"other\":[{\"proof\":\"no\"}],\"proof\":\"yes\",");

    assertThat(DeskJson.text(document, "proof")).isEqualTo("yes");
  }
}
