package lazaret.bundle.tuf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// What the signed part of a metadata file says (TUF specification, *Document formats*).
public sealed interface Metadata {
  /// Returns the version, at least 1.
  long version();

  /// Returns the moment from which on the metadata no longer counts.
  Instant expires();

  /// The root of trust.
  ///
  /// @param keys by id
  /// @param roles the four top-level roles, by name
  /// @param more signed fields that the specification does not know, by name
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

    /// Makes a root of what the specification knows.
    public Root(
        long version,
        Instant expires,
        boolean consistentSnapshot,
        Map<String, TufKey> keys,
        Map<String, RoleKeys> roles) {
      this(version, expires, consistentSnapshot, keys, roles, Map.of());
    }

    /// Returns whose signatures make metadata of a top-level role valid.
    ///
    /// @throws IllegalArgumentException for another role
    public RoleKeys signers(String role) {
      RoleKeys signers = roles.get(role);
      if (signers == null) {
        throw new IllegalArgumentException("a root has no role " + role);
      }
      return signers;
    }
  }

  /// What is newest.
  ///
  /// @param snapshot what the snapshot file must be
  record Timestamp(long version, Instant expires, MetaFile snapshot) implements Metadata {}

  /// Which versions of targets files belong together.
  ///
  /// @param files by file name, for example `targets.json`
  record Snapshot(long version, Instant expires, Map<String, MetaFile> files) implements Metadata {
    /// Copies the files.
    public Snapshot {
      files = Map.copyOf(files);
    }
  }

  /// What a role vouches for.
  ///
  /// @param targets by path
  /// @param delegations empty where the role delegates nothing
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

  /// What a metadata file must be.
  ///
  /// @param length in bytes; empty where it is not said
  /// @param hashes lower-case hex by algorithm; empty where none is said
  record MetaFile(long version, OptionalLong length, Map<String, String> hashes) {
    /// Copies the hashes.
    public MetaFile {
      hashes = Map.copyOf(hashes);
    }

    /// Names a file by its version, length and SHA-256.
    public static MetaFile of(long version, Bytes file) {
      return new MetaFile(
          version, OptionalLong.of(file.length()), Map.of("sha256", Sha256.of(file).hex()));
    }
  }

  /// What a target must be.
  ///
  /// @param length in bytes
  /// @param hashes lower-case hex by algorithm, at least one
  record TargetFile(long length, Map<String, String> hashes) {
    /// Copies the hashes.
    public TargetFile {
      hashes = Map.copyOf(hashes);
    }
  }

  /// Whom a role trusts with targets.
  ///
  /// @param keys by id
  /// @param roles in the order in which they are asked
  record Delegations(Map<String, TufKey> keys, List<Delegation> roles) {
    /// Copies both.
    public Delegations {
      keys = Map.copyOf(keys);
      roles = List.copyOf(roles);
    }
  }

  /// A role that another one trusts with some targets.
  ///
  /// @param terminating whether nobody behind it is asked for what it was asked for
  record Delegation(String name, RoleKeys signers, boolean terminating, TargetPaths paths) {}
}
