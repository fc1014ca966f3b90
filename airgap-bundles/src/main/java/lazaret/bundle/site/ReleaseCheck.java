package lazaret.bundle.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TufKey;
import lazaret.site.SiteFileRow;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// A release of this program: the files that its signed `SHA256SUMS` lists.
///
/// @param version the version, of three numbers
/// @param files the SHA-256 of each file by its path
public record ReleaseCheck(String version, Map<String, Sha256> files) {
  /// The name of the list of files.
  public static final String SUMS = "SHA256SUMS";

  /// The name of its signature: ECDSA on P-256 with SHA-256, in DER.
  public static final String SIGNATURE = SUMS + ".sig";

  private static final int MOST_SUMS = 1 << 20;
  private static final int MOST_SIGNATURE = 1 << 10;
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
  private static final Pattern NUMBERED =
      Pattern.compile("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}(?:[-+.].*)?");
  private static final Pattern VERSION =
      Pattern.compile("lazaret[-_](?:[a-z]+[-_])*([0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}).*");

  /// Copies the map.
  public ReleaseCheck {
    files = Map.copyOf(files);
  }

  /// A source of files.
  @FunctionalInterface
  public interface Source {
    /// Returns a file.
    ///
    /// @param most the largest length in bytes
    /// @throws IOException if it is missing, longer, or cannot be read
    Bytes whole(String name, int most) throws IOException;
  }

  /// Verifies the list of the files of a release. The caller compares the files.
  ///
  /// @param keys the keys that may sign releases
  /// @throws BundleException `site-refused` if no key signed the list, or it is malformed
  /// @throws IOException as the source throws it
  public static ReleaseCheck of(Source source, List<TufKey> keys) throws IOException {
    Bytes sums = source.whole(SUMS, MOST_SUMS);
    String signature = HexFormat.of().formatHex(source.whole(SIGNATURE, MOST_SIGNATURE).array());
    if (keys.isEmpty()) {
      throw refused("the root names no key of releases ('releaseKeys' of x-lazaret-site)");
    }
    if (keys.stream().noneMatch(key -> key.verifies(sums, signature))) {
      throw refused("no key that the root names for releases signed its SHA256SUMS");
    }
    Map<String, Sha256> files = new TreeMap<>();
    Set<String> versions = new TreeSet<>();
    for (String line : sums.text().lines().toList()) {
      Matcher form = LINE.matcher(line);
      if (!form.matches() || !SiteFileRow.isPath("0/" + form.group(2))) {
        throw refused("its SHA256SUMS has the line '" + Excerpt.of(line) + "'");
      }
      if (files.put(form.group(2), Sha256.parse(form.group(1))) != null) {
        throw refused("its SHA256SUMS lists '" + form.group(2) + "' twice");
      }
      Matcher version = VERSION.matcher(form.group(2));
      if (version.matches()) {
        versions.add(version.group(1));
      }
    }
    if (versions.size() != 1) {
      throw refused("expected packages of one version, found " + versions);
    }
    return new ReleaseCheck(versions.iterator().next(), files);
  }

  /// Returns the names of all files that belong to the release: the listed ones, the list, and
  /// signatures.
  ///
  /// @param present the names of the files that are there
  /// @throws BundleException `site-refused` if a listed file is missing, or another one is there
  public List<String> complete(Set<String> present) {
    List<String> names = new ArrayList<>();
    for (String name : new TreeSet<>(present)) {
      boolean signs =
          name.endsWith(".sig") && files.containsKey(name.substring(0, name.length() - 4));
      if (!files.containsKey(name) && !name.equals(SUMS) && !name.equals(SIGNATURE) && !signs) {
        throw refused("its SHA256SUMS does not list the file '" + Excerpt.of(name) + "'");
      }
      names.add(name);
    }
    for (String name : files.keySet()) {
      if (!present.contains(name)) {
        throw refused("the listed file '" + name + "' is missing");
      }
    }
    return names;
  }

  /// Returns whether the release is older than a version. It is older than no version without
  /// numbers, as that of a program that was not packaged.
  public boolean isOlderThan(String other) {
    if (!NUMBERED.matcher(other).matches()) {
      return false;
    }
    String[] own = version.split("\\.", -1);
    String[] running = other.split("[.\\-+]", -1);
    for (int i = 0; i < own.length && i < running.length; i++) {
      int order = Integer.compare(Integer.parseInt(own[i]), Integer.parseInt(running[i]));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /// Returns the refusal of a release.
  public static BundleException refused(String why) {
    return new BundleException(
        BundleCode.SITE_REFUSED, "cannot use the release of this program: " + why);
  }
}
