package lazaret.mirror.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.hosting.names.PublicNameList.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameListFileTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(NOW);
  private final List<String> heard = new ArrayList<>();

  private NameListFile list() {
    return new NameListFile(folder.resolve("names"), clock, name -> heard.add(name.published()));
  }

  private void write(String text, Instant changed) throws IOException {
    Path file = folder.resolve("names");
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(changed));
  }

  private static Answer find(NameListFile list, String name) {
    return list.find(CrateName.parse(name));
  }

  @Test
  void knowsNamesInEachSpelling() throws IOException {
    write("serde\nSerde_JSON\n\ntokio", NOW);
    NameListFile list = list();

    assertThat(find(list, "SERDE")).isEqualTo(Answer.PRESENT);
    assertThat(find(list, "serde-json")).isEqualTo(Answer.PRESENT);
    assertThat(find(list, "acme")).isEqualTo(Answer.ABSENT);
    assertThat(heard).containsExactly("serde", "Serde_JSON", "tokio");
  }

  @Test
  void isReadAgainAfterAChangeOnly() throws IOException {
    write("serde\n", NOW);
    NameListFile list = list();
    assertThat(find(list, "acme")).isEqualTo(Answer.ABSENT);
    assertThat(find(list, "acme")).isEqualTo(Answer.ABSENT);
    assertThat(heard).hasSize(1);

    write("serde\nacme\n", NOW.plusSeconds(1));

    assertThat(find(list, "acme")).isEqualTo(Answer.PRESENT);
    assertThat(heard).hasSize(3);
  }

  @Test
  void anOldOrBrokenListIsNone() throws IOException {
    assertThat(find(list(), "serde")).as("no file").isEqualTo(Answer.UNKNOWN);
    write("", NOW);
    assertThat(find(list(), "serde")).as("empty").isEqualTo(Answer.UNKNOWN);
    write("<html>\nserde\n", NOW);
    assertThat(find(list(), "serde")).as("no names").isEqualTo(Answer.UNKNOWN);
    write("serde\n", NOW);
    NameListFile list = list();
    clock.advance(Duration.ofDays(3));
    assertThat(find(list, "serde")).as("three days old").isEqualTo(Answer.UNKNOWN);
  }
}
