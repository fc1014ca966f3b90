package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.trust.BundleTrust;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// A bundle with verified metadata and a verified statement. No other file has been read.
///
/// @param files the files of the bundle
/// @param trust the verified metadata
/// @param statement the verified statement of the bundle
/// @param digest the SHA-256 of the statement file, by which people approve the bundle
public record BundleInspection(
    BundleFiles files, BundleTrust.Verified trust, BundleStatement statement, Sha256 digest) {
  private static final String METADATA = "metadata/";
  private static final Pattern TARGET = Pattern.compile("targets/[0-9a-f]{64}\\.(.+)");

  /// Verifies the metadata and the statement of a bundle.
  ///
  /// @param files the files of the bundle
  /// @param trusted the trust store, with at least a root; receives newer metadata
  /// @param clock the clock, read once
  /// @throws BundleException if the metadata or the statement is refused; `unexpected-file` for a
  ///   file that no signed metadata names
  public static BundleInspection of(BundleFiles files, TrustStore trusted, Clock clock) {
    Set<String> metadata = new TreeSet<>();
    for (String name : files.lengths().keySet()) {
      if (name.startsWith(METADATA)) {
        metadata.add(name.substring(METADATA.length()));
      }
    }
    Instant now = clock.instant();
    FolderMetadataSource source =
        FolderMetadataSource.of(
            metadata, name -> whole(files, METADATA + name, FolderMetadataSource.most(name)));
    BundleTrust.Verified trust =
        BundleTrust.refresh(trusted, source, Clock.fixed(now, ZoneOffset.UTC));
    String path = BundleTarget.STATEMENT.path();
    Metadata.TargetFile signed =
        trust
            .target(path)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TARGET_UNKNOWN, "cannot find '" + path + "' in the metadata"));
    Bytes file = whole(files, position(path, signed), BundleStatement.MOST);
    Sha256 digest = Sha256.of(file);
    if (file.length() != signed.length() || !digest.equals(digest(signed))) {
      throw new BundleException(
          BundleCode.TARGET_DAMAGED,
          "cannot use '%s': expected %d bytes with sha256 %s, found %d with %s"
              .formatted(path, signed.length(), digest(signed), file.length(), digest));
    }
    var inspection = new BundleInspection(files, trust, BundleStatement.parse(file), digest);
    inspection.belongs(now);
    inspection.refuseUnexpected();
    return inspection;
  }

  /// Returns the export time that the statement of a bundle claims, without a check of signatures.
  /// The result is empty if there is no statement.
  ///
  /// @throws BundleException if the file is not a statement
  public static Optional<Instant> claimed(BundleFiles files) {
    return files.lengths().keySet().stream()
        .filter(name -> TARGET.matcher(name).matches())
        .filter(name -> name.endsWith("." + BundleTarget.STATEMENT.path()))
        .findFirst()
        .map(name -> BundleStatement.parse(whole(files, name, BundleStatement.MOST)).issued());
  }

  /// Checks that stream, epoch and expiry of the statement agree with the root.
  private void belongs(Instant now) {
    BundleStatement.Stream stream = statement.stream();
    RootPolicy.Stream expected = trust.policy().stream();
    if (!stream.name().equals(expected.name())
        || !stream.uuid().equals(expected.uuid().toString())) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot use the bundle: expected the stream '%s' (%s), found '%s' (%s)"
              .formatted(expected.name(), expected.uuid(), stream.name(), stream.uuid()));
    }
    if (statement.epoch() != trust.policy().epoch()) {
      throw new BundleException(
          BundleCode.BUNDLE_EPOCH_INVALID,
          "cannot use the bundle: its root is of epoch %d, its statement of epoch %d"
              .formatted(trust.policy().epoch(), statement.epoch()));
    }
    if (!now.isBefore(statement.expires())) {
      throw new BundleException(
          BundleCode.METADATA_EXPIRED,
          "cannot use the bundle: it expired at %s, it is %s now"
              .formatted(statement.expires(), now));
    }
  }

  private static Bytes whole(BundleFiles files, String name, int most) {
    if (!files.lengths().containsKey(name)) {
      throw new BundleException(
          BundleCode.METADATA_MISSING, "cannot find '%s' in the bundle".formatted(name));
    }
    try (InputStream in = files.open(name)) {
      Bytes bytes = Bytes.of(in.readNBytes(most + 1));
      if (bytes.length() > most) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read '%s': more than %d bytes".formatted(Excerpt.of(name), most));
      }
      return bytes;
    } catch (IOException e) {
      throw BundleFiles.failed(name, e);
    }
  }

  private void refuseUnexpected() {
    Map<String, Metadata.TargetFile> signed = new HashMap<>();
    trust.delegated().values().forEach(role -> signed.putAll(role.targets()));
    signed.putAll(trust.targets().targets());
    Set<String> places = new HashSet<>();
    signed.forEach((path, file) -> places.add(position(path, file)));
    for (String name : files.lengths().keySet()) {
      if (name.startsWith(METADATA) || places.contains(name)) {
        continue;
      }
      Matcher target = TARGET.matcher(name);
      Metadata.TargetFile expected = target.matches() ? signed.get(target.group(1)) : null;
      if (expected != null && !files.lengths().containsKey(position(target.group(1), expected))) {
        throw new BundleException(
            BundleTarget.isPart(target.group(1))
                ? BundleCode.PART_DAMAGED
                : BundleCode.TARGET_DAMAGED,
            "cannot use '%s': expected '%s'; it was changed, or belongs to another bundle"
                .formatted(Excerpt.of(name), position(target.group(1), expected)));
      }
      throw new BundleException(
          BundleCode.UNEXPECTED_FILE,
          "cannot use '%s': no signed file names it".formatted(Excerpt.of(name)));
    }
  }

  /// Returns the name of the file of a target on the medium.
  ///
  /// @param path the path of the target in the metadata
  /// @param missing the code of the refusal if the metadata does not name the target
  /// @throws BundleException `missing`
  public String position(String path, BundleCode missing) {
    return position(path, target(path, missing));
  }

  /// Returns the signed length of a target in bytes.
  ///
  /// @param path the path of the target in the metadata
  /// @param missing the code of the refusal if the metadata does not name the target
  /// @throws BundleException `missing`
  public long length(String path, BundleCode missing) {
    return target(path, missing).length();
  }

  /// Returns the signed length of a part in bytes.
  ///
  /// @param number from 1
  /// @throws BundleException `part-missing` if the metadata does not name it
  long partLength(int number) {
    return length(BundleTarget.part(number), BundleCode.PART_MISSING);
  }

  /// Returns the signed length of all parts in bytes.
  ///
  /// @throws BundleException `part-missing` if the metadata does not name one of them
  public long partBytes() {
    return IntStream.rangeClosed(1, statement.contents().parts()).mapToLong(this::partLength).sum()
        + IntStream.rangeClosed(1, statement.extras().site().parts())
            .mapToLong(number -> length(BundleTarget.filePart(number), BundleCode.PART_MISSING))
            .sum();
  }

  /// Returns this bundle with other files, for example copies of the original ones.
  public BundleInspection at(BundleFiles other) {
    return new BundleInspection(other, trust, statement, digest);
  }

  Metadata.TargetFile target(String path, BundleCode missing) {
    return trust
        .target(path)
        .orElseThrow(
            () ->
                new BundleException(
                    missing, "cannot read '%s': the metadata does not name it".formatted(path)));
  }

  static String position(String path, Metadata.TargetFile file) {
    return "targets/" + digest(file) + "." + path;
  }

  static Sha256 digest(Metadata.TargetFile file) {
    return Sha256.parse(
        Optional.ofNullable(file.hashes().get("sha256"))
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.METADATA_MALFORMED, "cannot check a target without sha256")));
  }
}
