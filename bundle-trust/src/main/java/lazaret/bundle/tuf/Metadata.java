package lazaret.bundle.tuf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The content of the signed part of a metadata file (TUF specification, *Document formats*).
public sealed interface Metadata {
  /// Returns the version, at least 1.
  long version();

  /// Returns the moment from which the metadata is expired.
  Instant expires();

  /// The root of trust.
  ///
  /// @param version the version, at least 1
  /// @param expires the moment of expiry
  /// @param consistentSnapshot whether file names contain versions and digests
  /// @param keys the public keys by key id
  /// @param roles the signers of the four top-level roles, by role name
  /// @param more the signed fields that the specification does not define, by name
  record Root(
      long version,
      Instant expires,
      boolean consistentSnapshot,
      Map<String, TufKey> keys,
      Map<String, RoleKeys> roles,
      Map<String, JsonValue> more)
      implements Metadata {
    /// Copies the maps.
    public Root {
      keys = Map.copyOf(keys);
      roles = Map.copyOf(roles);
      more = Map.copyOf(more);
    }

    /// Creates a root without additional fields.
    public Root(
        long version,
        Instant expires,
        boolean consistentSnapshot,
        Map<String, TufKey> keys,
        Map<String, RoleKeys> roles) {
      this(version, expires, consistentSnapshot, keys, roles, Map.of());
    }

    /// Returns the keys and the threshold of a top-level role.
    ///
    /// @throws IllegalArgumentException if the root has no such role
    public RoleKeys signers(String role) {
      RoleKeys signers = roles.get(role);
      if (signers == null) {
        throw new IllegalArgumentException("a root has no role " + role);
      }
      return signers;
    }
  }

  /// The metadata that names the newest snapshot.
  ///
  /// @param version the version, at least 1
  /// @param expires the moment of expiry
  /// @param snapshot the version, length and digests of the snapshot file
  record Timestamp(long version, Instant expires, MetaFile snapshot) implements Metadata {}

  /// The metadata that names the current versions of all targets files.
  ///
  /// @param version the version, at least 1
  /// @param expires the moment of expiry
  /// @param files the versions, lengths and digests by file name, for example `targets.json`
  record Snapshot(long version, Instant expires, Map<String, MetaFile> files) implements Metadata {
    /// Copies the files.
    public Snapshot {
      files = Map.copyOf(files);
    }
  }

  /// The metadata that names targets.
  ///
  /// @param version the version, at least 1
  /// @param expires the moment of expiry
  /// @param targets the targets by path
  /// @param delegations the delegations, or empty if the role delegates nothing
  record Targets(
      long version,
      Instant expires,
      Map<String, TargetFile> targets,
      Optional<Delegations> delegations)
      implements Metadata {
    /// Copies the targets.
    public Targets {
      targets = Map.copyOf(targets);
    }
  }

  /// The signed description of a metadata file.
  ///
  /// @param version the version of the file
  /// @param length the length in bytes, or empty if it is not stated
  /// @param hashes the digests in lower-case hex by algorithm; empty if none is stated
  record MetaFile(long version, OptionalLong length, Map<String, String> hashes) {
    /// Copies the hashes.
    public MetaFile {
      hashes = Map.copyOf(hashes);
    }

    /// Describes a file by its version, length and SHA-256.
    public static MetaFile of(long version, Bytes file) {
      return new MetaFile(
          version, OptionalLong.of(file.length()), Map.of("sha256", Sha256.of(file).hex()));
    }
  }

  /// The signed description of a target.
  ///
  /// @param length the length in bytes
  /// @param hashes the digests in lower-case hex by algorithm, at least one
  record TargetFile(long length, Map<String, String> hashes) {
    /// Copies the hashes.
    public TargetFile {
      hashes = Map.copyOf(hashes);
    }
  }

  /// The roles that another role authorizes for targets.
  ///
  /// @param keys the public keys by key id
  /// @param roles the delegated roles in the order of search
  record Delegations(Map<String, TufKey> keys, List<Delegation> roles) {
    /// Copies both.
    public Delegations {
      keys = Map.copyOf(keys);
      roles = List.copyOf(roles);
    }
  }

  /// A role that another role authorizes for some targets.
  ///
  /// @param name the name of the role, foreign text
  /// @param signers the keys and the threshold of the role
  /// @param terminating whether the search for a matching target ends with this role
  /// @param paths the targets that are delegated
  record Delegation(String name, RoleKeys signers, boolean terminating, TargetPaths paths) {}
}
