package lazaret.vetting.deskapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.feeds.FeedImportRequest;
import lazaret.vetting.deskapi.review.ReviewRequest;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestBinderTest {
  static List<Operation<?, ?>> all() {
    return Operations.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsWhatItWrote(Operation<?, ?> operation) {
    roundTrip(operation);
  }

  private static <Q extends Record> void roundTrip(Operation<Q, ?> operation) {
    for (Q request :
        List.of(
            RecordSamples.full(operation.request()), RecordSamples.minimal(operation.request()))) {
      RequestParts parts = RequestBinder.parts(operation, request);
      RouteTable.Match match =
          new RouteTable(Operations.all())
              .match(
                  operation.route().method().name(),
                  Operations.PREFIX + operation.route().target(parts.values()))
              .orElseThrow();

      assertThat(match.operation()).isEqualTo(operation);
      assertThat(match.values()).isEqualTo(parts.values());
      assertThat(RequestBinder.bind(operation, parts)).isEqualTo(request);
    }
  }

  @Test
  void readsAPlusSignOfAVersionAsItIs() {
    CrateVersion version = CrateVersion.parse("1.0.9+build");

    for (String sent : List.of("1.0.9+build", "1.0.9%2Bbuild")) {
      VersionRequest request =
          RequestBinder.bind(
              CrateOperations.VERSION, new RequestParts(List.of("serde", sent), "", Bytes.EMPTY));
      ReviewRequest review =
          RequestBinder.bind(
              ReviewOperations.REVIEW,
              new RequestParts(List.of("serde", sent), "base=" + sent, Bytes.EMPTY));

      assertThat(request).isEqualTo(new VersionRequest(CrateName.parse("serde"), version));
      assertThat(review.base()).isEqualTo(version);
    }
  }

  @Test
  void readsNumbersAndFlagsOfTheQuery() {
    EventsRequest events =
        RequestBinder.bind(
            EventOperations.EVENTS, new RequestParts(List.of(), "after=12&limit=5", Bytes.EMPTY));
    FeedImportRequest feed =
        RequestBinder.bind(
            FeedOperations.IMPORT_FEED,
            new RequestParts(List.of("osv"), "allow_fewer=true&format=osv", Bytes.utf8("{}")));

    assertThat(events).isEqualTo(new EventsRequest(12L, 5));
    assertThat(feed.allowFewer()).isTrue();
    assertThat(feed.file()).isEqualTo(Bytes.utf8("{}"));
  }

  @Test
  void refusesAnUnknownParameter() {
    refuses(
        EventOperations.EVENTS,
        new RequestParts(List.of(), "afte=12", Bytes.EMPTY),
        "cannot read the request: expected `after`, `limit`, `before`, `latest`, `only`, `name`,"
            + " `words` in the query, found unknown parameter `afte`");
  }

  @Test
  void refusesAParameterThatIsSentTwice() {
    refuses(
        EventOperations.EVENTS,
        new RequestParts(List.of(), "after=12&after=13", Bytes.EMPTY),
        "cannot read the request: expected `after` once in the query, found it twice");
  }

  @Test
  void refusesANumberThatIsNone() {
    refuses(
        EventOperations.EVENTS,
        new RequestParts(List.of(), "after=x", Bytes.EMPTY),
        "cannot read the request: expected a number as `after`, found 'x'");
  }

  @Test
  void refusesAFieldOfThePathInTheBody() {
    refuses(
        RequestOperations.STEP,
        new RequestParts(
            List.of("serde", "1.0.9"), "", Bytes.utf8("{\"act\": \"close\", \"name\": \"x\"}")),
        "cannot read the request: expected one of `version`, `act`, `text`, found unknown field"
            + " `name`");
  }

  @Test
  void refusesAPercentSignWithoutDigits() {
    refuses(
        CrateOperations.VERSION,
        new RequestParts(List.of("serde", "1.0%zz"), "", Bytes.EMPTY),
        "cannot read the request: expected two hex digits after each percent sign, found '1.0%zz'");
  }

  @Test
  void namesTheFieldOfAMalformedPath() {
    assertThatThrownBy(
            () ->
                RequestBinder.bind(
                    CrateOperations.VERSION,
                    new RequestParts(List.of("serde", "1.0"), "", Bytes.EMPTY)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the request: `version`: ");
  }

  @Test
  void sendsASecretInTheBodyAloneAndShowsItNowhere() {
    Operation<ExportRequest, ?> export = BundleOperations.EXPORT;
    ExportRequest full = RecordSamples.full(export.request());
    ExportRequest minimal = RecordSamples.minimal(export.request());

    assertThat(export.confidential(full)).isTrue();
    assertThat(export.confidential(minimal)).isFalse();
    assertThat(full.toString()).doesNotContain("lzr_secret");
  }

  @Test
  void readsAnEmptyBodyAsAnEmptyObject() {
    assertThat(
            RequestBinder.bind(StoreOperations.FSCK, new RequestParts(List.of(), "", Bytes.EMPTY)))
        .isEqualTo(RecordSamples.minimal(StoreOperations.FSCK.request()));
  }

  @Test
  void refusesAMissingField() {
    refuses(
        TokenOperations.CREATE_TOKEN,
        new RequestParts(List.of(), "", Bytes.utf8("{\"scopes\": [\"read\"]}")),
        "cannot read the request: `name` is missing");
  }

  @Test
  void readsAMissingListAsEmpty() {
    TokenCreateRequest request =
        RequestBinder.bind(
            TokenOperations.CREATE_TOKEN,
            new RequestParts(List.of(), "", Bytes.utf8("{\"name\": \"ci\"}")));

    assertThat(request).isEqualTo(new TokenCreateRequest("ci", null, List.of(), List.of(), null));
  }

  private static void refuses(Operation<?, ?> operation, RequestParts parts, String message) {
    assertThatThrownBy(() -> RequestBinder.bind(operation, parts))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }
}
