package lazaret.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import org.junit.jupiter.api.Test;

class ProductVersionTest {
  @Test
  void isThatOfTheManifestOfTheJar() {
    assertThat(ProductVersion.of(JsonFactory.class))
        .isEqualTo(new JsonFactory().version().toString());
  }

  @Test
  void isUnpackagedOutsideOfAJar() {
    assertThat(ProductVersion.of(ProductVersionTest.class)).isEqualTo("unpackaged");
  }
}
