package lazaret.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BundleCodeTest {
  @Test
  void thePageListsEveryCodeOnceInOrder() throws IOException {
    Path page = Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/errors.md");
    String text = Files.readString(page);
    String bundles = text.substring(text.indexOf("## Bundles"));
    assertThat(bundles.lines().filter(l -> l.startsWith("| `")).map(l -> l.split("`", -1)[1]))
        .containsExactlyElementsOf(
            Arrays.stream(BundleCode.values()).map(BundleCode::code).sorted().toList());
  }
}
