package lazaret.testkit.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.SharedData;
import lazaret.testkit.SharedData.Artefact;
import lazaret.vetting.Bytes;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.InspectLimits;
import lazaret.vetting.inspect.Inspector;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real crates of the public registry, from 2014 to 2026: no rule may withhold one of them.
final class SliceTest {
  private static final int ARTEFACTS = 691;

  private SharedData data = new SharedData(java.nio.file.Path.of("."));

  @BeforeEach
  void findData() {
    var found = SharedData.find();
    Assumptions.assumeTrue(found.isPresent(), "shared data is not there: set LAZARET_SHARED");
    data = found.orElseThrow();
  }

  @Test
  void findsNoProblemInAnyRealCrate() {
    List<Artefact> artefacts = data.artefacts();

    List<String> problems = new ArrayList<>();
    for (Artefact artefact : artefacts) {
      inspect(artefact).problems().forEach(problem -> problems.add(artefact + ": " + problem));
    }

    assertThat(artefacts).hasSize(ARTEFACTS);
    assertThat(problems).isEmpty();
  }

  private static Findings inspect(Artefact artefact) {
    Bytes bytes = artefact.read();
    return Inspector.inspect(artefact.id(bytes), bytes, InspectLimits.DEFAULT);
  }
}
