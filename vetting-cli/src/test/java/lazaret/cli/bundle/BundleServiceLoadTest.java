package lazaret.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import lazaret.bundle.service.SnapshotBundleService;
import lazaret.vetting.desk.snapshots.BundleService;
import org.junit.jupiter.api.Test;

/// The plug-in of bundles, which is found by a file in `META-INF/services`. The name and the line
/// of the file depend on names of types. Without it all verbs of bundles would report a missing
/// plug-in.
class BundleServiceLoadTest {
  @Test
  void pluginOfBundlesIsFound() {
    assertThat(BundleService.find()).get().isInstanceOf(SnapshotBundleService.Opener.class);
    assertThat(ServiceLoader.load(BundleService.Factory.class).stream())
        .extracting(ServiceLoader.Provider::type)
        .containsExactly(SnapshotBundleService.Opener.class);
  }

  /// A file with another name or line would remain from before a move.
  @Test
  void noFileNamesATypeThatIsNotThere() throws IOException {
    List<URL> files =
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/services/" + BundleService.Factory.class.getName()));

    assertThat(files).hasSize(1);
    List<String> lines = new ArrayList<>();
    try (InputStream in = files.getFirst().openStream()) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
    }
    assertThat(lines).containsExactly(SnapshotBundleService.Opener.class.getName());
  }
}
