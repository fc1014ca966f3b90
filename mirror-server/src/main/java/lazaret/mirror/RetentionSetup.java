package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Path;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.PolicyFiles;
import lazaret.mirror.config.UpstreamLocation;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.inventory.RetentionSettings;
import org.jspecify.annotations.Nullable;

/// The settings of retention in a configuration.
final class RetentionSetup {
  private RetentionSetup() {}

  /// Returns the settings. The file with rules is not read before it is needed.
  static RetentionSettings settings(MirrorConfig config) {
    Path file = config.cache().retentionFile();
    RetentionSettings.RulesFile rules = file == null ? null : () -> read(file);
    return new RetentionSettings(rules, suspended(config.fetch()), config.cache().scrubRate());
  }

  private static @Nullable String suspended(MirrorConfig.Fetch fetch) {
    if (fetch.offline()) {
      return "the server is offline: it could not fetch again what is removed";
    }
    return switch (fetch.location()) {
      case UpstreamLocation.Registry _ -> null;
      case UpstreamLocation.Folder _ ->
          "upstream is a folder: it may no longer have what is removed";
    };
  }

  private static Bytes read(Path file) {
    try {
      return PolicyFiles.read(file);
    } catch (IOException e) {
      throw new MalformedException(
          "cannot read the rules of retention in %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
