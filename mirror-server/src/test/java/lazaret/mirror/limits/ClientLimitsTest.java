package lazaret.mirror.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.mirror.clients.Client;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limits of clients by token and by address, and the responses to those that exceed them.
class ClientLimitsTest {
  private static final Client ONE = client("192.0.2.7");
  private static final Client OTHER = client("192.0.2.8");

  private final AtomicLong now = new AtomicLong();

  @TempDir Path folder;

  private static Client client(String address) {
    return Client.of(InetAddress.ofLiteral(address));
  }

  private ClientLimits limits(boolean countReads) {
    return new ClientLimits(
        new MirrorConfig.Limits(
            new MirrorConfig.ClientRate(20, 200),
            new MirrorConfig.ClientRate(10, 100),
            countReads,
            20),
        now::get);
  }

  private static int taken(ClientLimits limits, Client client, RequestWeight weight) {
    int taken = 0;
    while (taken < 1_000 && limits.take(client, weight, 1).isEmpty()) {
      taken++;
    }
    return taken;
  }

  @Test
  void weightsAreThoseOfTheManual() {
    assertThat(RequestWeight.READ.units()).isEqualTo(1);
    assertThat(RequestWeight.DESK.units()).isEqualTo(5);
    assertThat(RequestWeight.UPSTREAM.units()).isEqualTo(10);
    assertThat(RequestWeight.SIGN_IN.units()).isEqualTo(20);
    assertThat(RequestWeight.PUBLISH.units()).isEqualTo(20);
  }

  @Test
  void requestsOfOneAddressShareOneBucket() {
    ClientLimits limits = limits(true);
    assertThat(taken(limits, ONE, RequestWeight.UPSTREAM)).isEqualTo(10);

    for (RequestWeight weight :
        List.of(
            RequestWeight.READ,
            RequestWeight.UPSTREAM,
            RequestWeight.DESK,
            RequestWeight.SIGN_IN)) {
      assertThat(limits.take(ONE, weight, 1)).as("%s", weight).isPresent();
      assertThat(limits.take(OTHER, weight, 1)).as("%s", weight).isEmpty();
    }
  }

  @Test
  void tokenHasItsOwnBucketOnAnyAddress() {
    ClientLimits limits = limits(false);
    assertThat(taken(limits, ONE, RequestWeight.UPSTREAM)).isEqualTo(10);

    assertThat(taken(limits, ONE.withToken("ci"), RequestWeight.UPSTREAM)).isEqualTo(20);
    assertThat(limits.take(OTHER.withToken("ci"), RequestWeight.UPSTREAM, 1)).isPresent();
    assertThat(limits.take(OTHER, RequestWeight.UPSTREAM, 1)).isEmpty();
  }

  @Test
  void personHasItsOwnBucketOnAnyAddress() {
    ClientLimits limits = limits(false);
    assertThat(taken(limits, ONE, RequestWeight.UPSTREAM)).isEqualTo(10);

    assertThat(taken(limits, ONE.withPerson("ann"), RequestWeight.UPSTREAM)).isEqualTo(20);
    assertThat(limits.take(OTHER.withPerson("ann"), RequestWeight.UPSTREAM, 1))
        .map(ClientLimits.Refused::limit)
        .contains("20 units a second of the person 'ann'");
    assertThat(limits.take(OTHER.withToken("ann"), RequestWeight.UPSTREAM, 1)).isEmpty();
  }

  /// A machine can use all addresses of a /64 block.
  @Test
  void addressesOfOneBlockShareOneBucket() {
    ClientLimits limits = limits(false);
    int taken = 0;
    for (int i = 0; i < 50; i++) {
      Client client = client("2001:db8:1:2::" + Integer.toHexString(i));
      taken += limits.take(client, RequestWeight.UPSTREAM, 1).isEmpty() ? 1 : 0;
    }

    assertThat(taken).isEqualTo(10);
    assertThat(limits.take(client("2001:db8:1:3::1"), RequestWeight.UPSTREAM, 1)).isEmpty();
  }

  @Test
  void readsAreFreeUnlessTheyAreCounted() {
    ClientLimits free = limits(false);
    for (int i = 0; i < 100_000; i++) {
      assertThat(free.take(ONE, RequestWeight.READ, 1)).isEmpty();
    }
    assertThat(taken(free, ONE, RequestWeight.UPSTREAM)).isEqualTo(10);

    assertThat(taken(limits(true), ONE, RequestWeight.READ)).isEqualTo(100);
  }

  @Test
  void requestsForVersionsHaveAnHourlyLimitOfTheirOwn() {
    ClientLimits limits = limits(false);
    assertThat(taken(limits, ONE, RequestWeight.SUBMISSION)).isEqualTo(20);

    assertThat(limits.take(ONE, RequestWeight.UPSTREAM, 1)).isEmpty();
    assertThat(limits.take(OTHER, RequestWeight.SUBMISSION, 1)).isEmpty();
    now.addAndGet(Duration.ofMinutes(3).toNanos());
    assertThat(taken(limits, ONE, RequestWeight.SUBMISSION)).isEqualTo(1);
  }

  @Test
  void operationTakesItsQueriesAndASubmissionBoth() {
    ClientLimits limits = limits(false);
    for (int i = 0; i < 10; i++) {
      assertThat(limits.takeOperation(ONE, 2, true)).isEmpty();
    }
    assertThat(limits.takeOperation(ONE, 2, true))
        .map(ClientLimits.Refused::weight)
        .contains(RequestWeight.DESK);

    for (int i = 0; i < 10; i++) {
      assertThat(limits.takeOperation(ONE, 0, true)).isEmpty();
    }
    assertThat(limits.takeOperation(ONE, 0, true))
        .map(ClientLimits.Refused::weight)
        .contains(RequestWeight.SUBMISSION);
    assertThat(limits.takeOperation(ONE, 0, false)).isEmpty();
  }

  @Test
  void limitOfOneRequestTakesItsUnitsOnce() {
    ClientLimits limits = limits(false);
    RequestLimit first = limits.of(ONE);
    for (int i = 0; i < 1_000; i++) {
      assertThat(first.take()).isEmpty();
    }
    assertThat(first.refused()).isEmpty();

    assertThat(taken(limits, ONE, RequestWeight.UPSTREAM)).isEqualTo(9);
    RequestLimit last = limits.of(ONE);
    assertThat(last.refused()).isEmpty();
    assertThat(last.take()).contains(Duration.ofSeconds(1));
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(last.take()).contains(Duration.ofSeconds(1));
    assertThat(last.refused()).isPresent();
  }

  @Test
  void refusalsAreCountedByClass() {
    ClientLimits limits = limits(false);
    taken(limits, ONE, RequestWeight.UPSTREAM);
    limits.take(ONE, RequestWeight.DESK, 2);

    assertThat(limits.refused(RequestWeight.UPSTREAM)).isEqualTo(1);
    assertThat(limits.refused(RequestWeight.DESK)).isEqualTo(1);
    assertThat(limits.refused(RequestWeight.SIGN_IN)).isZero();
  }

  /// A lockfile of 500 crates makes cargo request about 700 index files.
  @Test
  void coldBuildOf500CratesIsWithinTheDefaults() {
    MirrorConfig config = MirrorConfig.read(List.of("--data-dir", folder.toString()), Map.of());
    ClientLimits limits = new ClientLimits(config.server().connections().rates(), now::get);

    for (int i = 0; i < 1_200; i++) {
      assertThat(limits.take(ONE, RequestWeight.READ, 1)).isEmpty();
      assertThat(limits.of(ONE).take()).isEmpty();
    }
    assertThat(config.server().connections().rates().countReads()).isFalse();
    assertThat(config.server().connections().rates().submissionsPerHour()).isEqualTo(20);
  }

  private static HttpRequest request(String path) {
    return new HttpRequest(
        "GET",
        path,
        "",
        "",
        null,
        ONE,
        _ -> Optional.empty(),
        _ -> new RequestBodies.Read.TooLong(),
        () -> "1");
  }

  private HttpResponse refusal(String path, Client client, RequestWeight weight) {
    ClientLimits limits = limits(true);
    taken(limits, client, weight);
    return LimitResponses.of(
        request(path), limits.take(client, weight, 1).orElseThrow(AssertionError::new));
  }

  private static String retryAfter(HttpResponse answer) {
    return answer.fields().stream()
        .filter(field -> field.name().equals("retry-after"))
        .map(HttpResponse.Field::value)
        .findFirst()
        .orElse("none");
  }

  @Test
  void cargoPrintsTheReasonOfARefusal() {
    HttpResponse answer = refusal("/index/al/ph/alpha", ONE, RequestWeight.UPSTREAM);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("rate-limited");
    assertThat(retryAfter(answer)).isEqualTo("1");
    assertThat(answer.body().text())
        .isEqualTo(
            "cannot ask upstream for /index/al/ph/alpha: expected at most 10 units a second of the"
                + " address 192.0.2.7, found more; try again in 1 s\n");
  }

  /// Cargo prints 511 characters of a body.
  @Test
  void refusalOfALongPathFitsIntoTheOutputOfCargo() {
    HttpResponse answer =
        refusal(
            "/dl/" + "a".repeat(10_000),
            client("2001:db8:1:2::7").withToken("a".repeat(100)),
            RequestWeight.UPSTREAM);

    assertThat(answer.body().text())
        .startsWith("cannot ask upstream for the request: expected")
        .hasSizeLessThan(400);
  }

  @Test
  void deskGetsTheReasonAsAProblem() {
    HttpResponse answer = refusal("/desk/v1/status", ONE.withToken("ci"), RequestWeight.DESK);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body().text())
        .contains("\"code\":\"rate-limited\"")
        .contains(
            "cannot serve /desk/v1/status: expected at most 20 units a second of the token 'ci',"
                + " found more; try again in 1 s");
  }

  @Test
  void refusalOfARequestForAVersionNamesTheWayOut() {
    HttpResponse answer =
        refusal("/desk/v1/requests", client("2001:db8:1:2::7"), RequestWeight.SUBMISSION);

    assertThat(retryAfter(answer)).isEqualTo("180");
    assertThat(answer.body().text())
        .contains(
            "cannot accept the request for a version: expected at most 20 requests for versions an"
                + " hour of the address 2001:db8:1:2:0:0:0:7, found more; try again in 3 min, or"
                + " with a token");
    assertThat(refusal("/desk/request/alpha/1.0.0", ONE, RequestWeight.SUBMISSION).body().text())
        .endsWith("found more; try again in 3 min, or sign in\n");
  }

  @Test
  void refusalOfACredentialDoesNotRepeatIt() {
    HttpResponse answer = refusal("/desk/v1/status", ONE, RequestWeight.SIGN_IN);

    assertThat(answer.body().text())
        .contains(
            "cannot check the credential of /desk/v1/status: expected at most 10 units a second of"
                + " the address 192.0.2.7, found more; try again in 2 s");
  }
}
