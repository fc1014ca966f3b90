package lazaret.toolchain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The settings of the toolchains of a gate.
///
/// @param source the address of the folder that contains `dist`, with a slash at its end
/// @param keyFile the file of the keys whose signatures on manifests are accepted; null for the key
///   of the Rust project
/// @param open whether rustup needs no token
/// @param channels the channels that are kept current
public record ToolchainSettings(
    URI source, @Nullable Path keyFile, boolean open, List<Followed> channels) {
  /// The public source.
  public static final URI PUBLIC = URI.create("https://static.rust-lang.org/");

  /// The word behind a channel that is admitted without a person.
  private static final String AUTOMATIC = " automatic";

  /// Copies the list.
  public ToolchainSettings {
    channels = List.copyOf(channels);
  }

  /// Returns the keys whose signatures on manifests are accepted.
  ///
  /// @throws MalformedException if the file cannot be read, or has no key that can be used
  public PinnedKeys keys() {
    return keyFile == null ? PinnedKeys.ofRust() : read(keyFile);
  }

  /// Reads a file of keys.
  ///
  /// @throws MalformedException if it cannot be read, or has no key that can be used
  public static PinnedKeys read(Path file) {
    try {
      return PinnedKeys.read(Bytes.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new MalformedException("cannot read the file of keys: " + e.getMessage(), e);
    }
  }

  /// A channel that is kept current.
  ///
  /// @param automatic whether a newer manifest is admitted without a person
  public record Followed(ChannelSelection selection, boolean automatic) {
    /// Parses a channel of a configuration: a selection, with `automatic` at its end or without.
    ///
    /// @throws MalformedException if the text has another form
    public static Followed parse(String text) {
      boolean automatic = text.endsWith(AUTOMATIC);
      String selection = automatic ? text.substring(0, text.length() - AUTOMATIC.length()) : text;
      return new Followed(ChannelSelection.parse(selection), automatic);
    }
  }
}
