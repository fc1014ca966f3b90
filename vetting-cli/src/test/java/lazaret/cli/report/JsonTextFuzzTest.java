package lazaret.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextFuzzTest {
  private static final String ANSWER =
      """
      {"name":"alpha","checked_at":"2026-11-24T12:00:00Z","versions":[{"version":"1.0.0",
       "verdict":{"kind":"hold","until":"2026-12-06T12:00:00Z","reasons":[{"code":"cooldown",
       "detail":"younger \\u00e9"}]},"served":false,"yanked":null,"bytes":1.5e3}],"left_out":[]}
      """;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aMutatedAnswerIsReadOrRefused(long seed) {
    Mutator mutator = new Mutator(seed);
    for (int i = 0; i < Mutator.rounds(2_000); i++) {
      Bytes mutated = Bytes.of(mutator.mutate(Bytes.utf8(ANSWER).array()));
      try {
        JsonObject read = JsonText.parse(mutated);
        assertThat(JsonText.parse(JsonText.encode(read))).isEqualTo(read);
      } catch (MalformedException _) {
        // The only permitted exception.
      }
    }
  }
}
