package lazaret.vetting.gate;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.origin.NameOrigin;

/// One registry of a gate: the public crates, or the private ones that it hosts. A crate of another
/// origin does not exist in it, so that versions of two origins never mix. Thread-safe.
///
/// @param gate the gate
/// @param registry the origin of all crates of the registry
public record OriginGate(Gate gate, NameOrigin registry) {
  /// Returns the outcome of a request for an index file, as [Gate#index(CrateName)] does.
  public IndexOutcome index(CrateName asked) {
    NameOrigin origin = gate.origin(asked);
    if (origin == registry) {
      IndexOutcome outcome = gate.index(asked);
      origin = gate.origin(asked);
      if (origin == registry) {
        return outcome;
      }
      // The name was published here while the crate was looked up.
    }
    return new IndexOutcome.Absent(absent(asked, origin));
  }

  /// Returns the outcome of a request for an artifact, as [Gate#download] does.
  ///
  /// @param asked the SHA-256 that the client's index line names
  public DownloadOutcome download(
      CrateName name, CrateVersion version, Sha256 asked, Requester asker) {
    NameOrigin origin = gate.origin(name);
    if (origin == registry) {
      DownloadOutcome outcome = gate.download(name, version, asked, asker);
      origin = gate.origin(name);
      if (origin == registry) {
        return outcome;
      }
    }
    return new DownloadOutcome.Unknown(absent(name, origin));
  }

  private String absent(CrateName name, NameOrigin origin) {
    return switch (origin) {
      case PUBLIC -> "there is no private crate '%s'".formatted(name.published());
      case PRIVATE ->
          "'%s' is a private crate of this server; depend on it with 'registry = ...'"
              .formatted(name.published());
      case RESERVED ->
          "the name '%s' is reserved for private crates, and none has it"
              .formatted(name.published());
    };
  }
}
