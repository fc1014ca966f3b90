package lazaret.mirror.http;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.deskapi.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RouteKindTest {
  @ParameterizedTest
  @CsvSource({
    "/index/config.json, INDEX",
    "/dl/alpha/1.0.0/00, DOWNLOAD",
    "/snapshots/7/index/config.json, SNAPSHOTS",
    "/audits/audits.toml, AUDITS",
    "/desk/v1/status, DESK",
    "/api/v1/crates, WEB_API",
    "/api/v1/trusted_publishing/tokens, IDENTITY",
    "/private/api/v1/trusted_publishing/tokens, IDENTITY",
    "/private/api/v1/crates/new, PRIVATE",
    "/private/index/config.json, PRIVATE",
    "/toolchains/dist/channel-rust-stable.toml, TOOLCHAINS",
    "/site/git/sources, SITE",
    "/documentation/serde/1.0.0/serde/index.html, DOCUMENTATION",
    "/private, PAGE",
    "/health, HEALTH",
    "/health/live, HEALTH",
    "/metrics, METRICS",
    "/metrics/, PAGE",
    "/metricsx, PAGE",
    "/index, PAGE",
    "/INDEX/al, PAGE",
    "/desk/v2/status, WEB_DESK",
    "/, PAGE",
    "*, PAGE",
    "'', PAGE",
  })
  void kindOfAPath(String path, RouteKind kind) {
    assertThat(RouteKind.of(path)).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void prefixIsOfItsOwnKind(RouteKind kind) {
    assertThat(RouteKind.of(kind.prefix())).isEqualTo(kind);
  }

  @Test
  void prefixOfTheDeskIsThatOfItsRoutes() {
    assertThat(RouteKind.DESK.prefix()).isEqualTo(Operations.PREFIX + "/");
  }
}
