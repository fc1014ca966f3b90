package lazaret.bundle.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.testkit.FrozenBuild;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The receipts of earlier builds are read: an export makes a bundle that fits on them.
class FrozenReceiptTest {
  static final List<FrozenBuild> BUILDS = FrozenBuild.ALL;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("BUILDS")
  void receiptIsReadAndWrittenWithTheSameBytes(FrozenBuild build) throws IOException {
    build.unpack("bundles", folder);
    String line = Files.readString(folder.resolve("receipt.txt"));

    Receipt receipt = Receipt.parse(line);

    assertThat(receipt.line() + "\n").isEqualTo(line);
    assertThat(receipt.sequence()).isEqualTo(2);
  }
}
