package lazaret.mirror.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Pattern;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.CratesIo;

/// The opening of upstreams by their configured address.
public final class Upstreams {
  private static final Pattern WEB = Pattern.compile("(?i)https?://.*");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final String EXPECTED =
      "expected the address of a sparse index, like " + CratesIo.INDEX + ", or a folder";

  private Upstreams() {}

  /// Opens an upstream by the form of its address. An `http` or `https` address, also with cargo's
  /// prefix `sparse+`, is a registry. A path, also with the prefix `file:`, is a folder. The git
  /// address of the public registry denotes its sparse index. No request is sent.
  ///
  /// @throws UpstreamException if it is neither, or the folder cannot be read
  public static MeteredUpstream open(String place, UpstreamOptions options, Clock clock) {
    String named = place.strip();
    if (CratesIo.isIndex(named)) {
      return new HttpUpstream(URI.create(CratesIo.INDEX), options, clock);
    }
    String plain = named.startsWith("sparse+") ? named.substring("sparse+".length()) : named;
    if (plain.isEmpty()) {
      throw new UpstreamException("no upstream is named: " + EXPECTED);
    }
    if (WEB.matcher(plain).matches()) {
      return new HttpUpstream(address(plain), options, clock);
    }
    if (plain.startsWith("file:")) {
      return new FolderUpstream(file(plain), options, clock);
    }
    // A folder whose name has a colon is still a folder.
    Path folder = path(plain);
    if (SCHEME.matcher(plain).matches() && !Files.exists(folder)) {
      throw new UpstreamException("cannot use '" + shown(plain) + "' as upstream: " + EXPECTED);
    }
    return new FolderUpstream(folder, options, clock);
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      // Neither the text nor the cause is passed on, because both may contain a password.
      throw new UpstreamException(
          "cannot use the configured address as upstream: it is malformed; " + EXPECTED);
    }
  }

  private static Path file(String text) {
    try {
      return Path.of(new URI(text));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new UpstreamException(
          "cannot use '" + Excerpt.of(text) + "' as upstream: expected file:///PATH", e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UpstreamException(
          "cannot use '" + Excerpt.of(text) + "' as upstream: " + EXPECTED, e);
    }
  }

  /// Returns the address without the part before an `@`, which may be a password.
  private static String shown(String place) {
    return Excerpt.of(place.replaceFirst("//[^/]*@", "//"));
  }
}
