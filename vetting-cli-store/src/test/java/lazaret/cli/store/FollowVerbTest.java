package lazaret.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowVerbTest {
  @TempDir Path folder;

  @Test
  void showsTheProgressAndTheUseOfTheDay() {
    try (ServerFixture gate = new ServerFixture()) {
      CliFixture.Ran ran = CliFixture.at(folder, gate).run("follow");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out())
          .contains(
              "mode       lockfiles",
              "current    until 2026-11-24 10:20",
              "announcements were missed",
              "work       confirming known crates: 40 of 212, until about 2026-11-24 12:02",
              "artifacts  3 fetched ahead",
              "today      120 requests, 1.4 MiB received, 1.0 GiB left")
          .doesNotContain("trouble");
    }
  }

  @Test
  void theDocumentIsThatOfTheDesk() {
    try (ServerFixture gate = new ServerFixture()) {
      CliFixture.Ran ran = CliFixture.at(folder, gate).run("follow", "--json");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out())
          .containsPattern("\"mode\" ?: ?\"lockfiles\"")
          .containsPattern("\"gap\" ?: ?true")
          .containsPattern("\"current_until\" ?: ?\"2026-11-24T10:20:00Z\"");
    }
  }
}
