package lazaret.bundle.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.vetting.Bytes;

/// A sequence of roots, each signed by its own officers and by those of the previous root. People
/// decide whether the first root is trusted. Expiry is not checked.
///
/// @param roots the roots, oldest first, at least one
public record RootChain(List<SignedMetadata<Metadata.Root>> roots) {
  public RootChain {
    roots = List.copyOf(roots);
  }

  /// Verifies roots.
  ///
  /// @param files the files, oldest first, without a gap in their versions
  /// @param now the time
  /// @throws BundleException `metadata-missing` for an empty list, or the refusal of a root
  public static RootChain of(List<Bytes> files, Instant now) {
    if (files.isEmpty()) {
      throw new BundleException(
          BundleCode.METADATA_MISSING, "cannot follow the root: there is none");
    }
    SignedMetadata<Metadata.Root> first = MetadataReader.root(files.getFirst());
    verify(first, first.content(), now);
    RootChain chain = new RootChain(List.of(first));
    for (Bytes file : files.subList(1, files.size())) {
      chain = chain.followed(file, now);
    }
    return chain;
  }

  /// Returns this chain with the next root.
  ///
  /// @throws BundleException `root-version-gap`, `signature-threshold`, or another refusal of the
  ///   root
  public RootChain followed(Bytes file, Instant now) {
    SignedMetadata<Metadata.Root> next = MetadataReader.root(file);
    long expected = newest().version() + 1;
    if (next.content().version() != expected) {
      throw new BundleException(
          BundleCode.ROOT_VERSION_GAP,
          "cannot follow root version %d: expected version %d, found %d"
              .formatted(newest().version(), expected, next.content().version()));
    }
    verify(next, newest(), now);
    verify(next, next.content(), now);
    List<SignedMetadata<Metadata.Root>> all = new ArrayList<>(roots);
    all.add(next);
    return new RootChain(all);
  }

  static void verify(SignedMetadata<Metadata.Root> root, Metadata.Root by, Instant now) {
    root.verifiedBy(SigningAuthority.of(by, Roles.ROOT), new BundleMetadataRule(now));
  }

  /// Returns the last root of the chain.
  public Metadata.Root newest() {
    return roots.getLast().content();
  }

  /// Returns the bytes of all roots, the oldest first.
  public List<Bytes> files() {
    return roots.stream().map(SignedMetadata::raw).toList();
  }
}
