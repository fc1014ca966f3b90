package lazaret.vetting.desk.admin;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.ledger.Notice;

/// The import of another mirror's folder. Thread-safe; every method blocks.
public final class MirrorImport {
  private final GateContext parts;
  private final Gate gate;

  public MirrorImport(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Imports an index file. A crate that is already stored does not change, since upstream is
  /// authoritative.
  ///
  /// @throws lazaret.vetting.MalformedException if the file is not an index file
  public void index(CrateName name, Bytes file) {
    gate.keeper().importFile(name, file);
  }

  /// Imports an artifact. It is checked against the stored index line and inspected like any other.
  /// The import does not approve it.
  ///
  /// @return empty if it is now stored, or the reason why not
  public Optional<Refusal> artifact(CrateName name, CrateVersion version, Bytes bytes) {
    return switch (gate.finder().find(name, version)) {
      case VersionLookup.NotFound _ ->
          Optional.of(new Refusal(ErrorCode.UNKNOWN, "no index line of it is stored"));
      case VersionLookup.Found found ->
          switch (gate.admission().importArtifact(found.line().entry().id(), bytes)) {
            case Admission.Outcome.Ready _ -> {
              recordOrigin(found.line().entry().cksum());
              yield Optional.empty();
            }
            case Admission.Outcome.Tampered tampered ->
                Optional.of(
                    new Refusal(ErrorCode.CKSUM_MISMATCH, "sha256 is " + tampered.found().hex()));
            case Admission.Outcome.Hostile hostile ->
                Optional.of(
                    new Refusal(
                        ErrorCode.REFUSED_BY_POLICY,
                        hostile.findings().problems().getFirst().toString()));
            case Admission.Outcome.Absent _ ->
                Optional.of(
                    new Refusal(
                        ErrorCode.REFUSED_BY_POLICY,
                        "a private crate has an archive with this sha256"));
            case Admission.Outcome.Failed _ ->
                throw new IllegalStateException("an import sends no requests to upstream");
          };
    };
  }

  /// Records that an artifact did not come from upstream, for rules of retention.
  private void recordOrigin(Sha256 cksum) {
    DeskRow row = new DeskRow(DeskTable.IMPORTED_ARTIFACTS, cksum.hex(), Bytes.EMPTY);
    parts.store().commit(Batch.relaxed(List.of(new Batch.Write.PutDeskRow(row))));
  }

  /// Records in the ledger that another mirror's folder was imported.
  public void recordImport(String by, String detail) {
    Notice notice =
        new Notice(Notice.Kind.IMPORTED, parts.clock().instant(), by, null, null, detail);
    parts.store().commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
  }

  /// The reason why an artifact was not imported.
  ///
  /// @param code `unknown`, `cksum-mismatch` or `refused-by-policy`
  /// @param detail one clause for a person
  public record Refusal(ErrorCode code, String detail) {}
}
