package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.Method;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every page that is read shows a hostile text in each field of each reply as text alone.
class HostilePagesTest {
  private static final String VERSION = "/desk/crates/serde_json/1.0.9+build.5";

  static List<String> pages() {
    return Stream.concat(
            Stream.of(
                "/desk/sign-in",
                "/desk/queue",
                "/desk/crates",
                "/desk/crates/serde_json",
                "/desk/lockfiles",
                "/desk/search?q=a",
                "/desk/inventory",
                "/desk/expiring",
                "/desk/events",
                "/desk/feeds",
                "/desk/toolchains",
                "/desk/git-sources?q=a",
                "/desk/git-sources/" + "0f".repeat(32) + "?done=1",
                "/desk/policy",
                "/desk/bundles",
                "/desk/private",
                "/desk/private/serde_json?delete=1.0.9",
                "/desk/documentation?q=a",
                "/desk/people",
                "/desk/people/me",
                "/desk/people/me/requests",
                "/desk/status",
                "/desk/review?versions=serde_json@1.0.9",
                "/desk/request/serde_json/1.0.9+build.5"),
            Stream.of("", "/review", "/review?view=split", "/review?find=ab", "/review?base=1.0.8")
                .map(each -> VERSION + each))
        .toList();
  }

  private static FixedDesk desk() {
    FixedDesk desk = FixedDesk.of(DeskRole.ADMIN);
    for (Operation<?, ?> operation : Operations.all()) {
      if (operation.route().method() == Method.GET) {
        reply(desk, operation);
      }
    }
    return desk;
  }

  private static <Q extends Record, R extends Record> void reply(
      FixedDesk desk, Operation<Q, R> operation) {
    var _ = desk.reply(operation, HostileSample.of(operation));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsTextsOfOthersAsTextAlone(String address) {
    WebResponse response = desk().get(address);

    assertThat(response.status()).as(address).isEqualTo(200);
    HostileSample.assertText(response.body().text());
  }
}
