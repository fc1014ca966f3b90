package lazaret.vetting.desk;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.ledger.Notice;

/// Takes over the folder of another mirror. Thread-safe; every method blocks.
public final class Imports {
  private final GateParts parts;
  private final Gate gate;

  Imports(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Takes over an index file of another mirror's folder. A crate that is held already stays as it
  /// is: upstream has the say.
  ///
  /// @throws lazaret.vetting.MalformedException if it is no index file
  public void index(CrateName name, Bytes file) {
    gate.keeper().takeOver(name, file);
  }

  /// Takes over an artefact of another mirror's folder: checked against the held index line and
  /// inspected like any other, vetted by nothing.
  ///
  /// @return nothing where it is held now; else why not
  public Optional<Refusal> artefact(CrateName name, CrateVersion version, Bytes bytes) {
    return switch (gate.find(name, version)) {
      case Gate.Finding.None _ ->
          Optional.of(new Refusal(ErrorCode.UNKNOWN, "no index line of it is held"));
      case Gate.Finding.Line found ->
          switch (gate.admission().takeOver(found.line().entry().id(), bytes)) {
            case Admission.Admitted.Ready _ -> Optional.empty();
            case Admission.Admitted.Tampered tampered ->
                Optional.of(
                    new Refusal(ErrorCode.CKSUM_MISMATCH, "sha256 is " + tampered.found().hex()));
            case Admission.Admitted.Hostile hostile ->
                Optional.of(
                    new Refusal(
                        ErrorCode.REFUSED_BY_POLICY,
                        hostile.findings().problems().getFirst().toString()));
            case Admission.Admitted.Absent _, Admission.Admitted.Failed _ ->
                throw new IllegalStateException("taking over asks no upstream");
          };
    };
  }

  /// Records that another mirror's folder was taken over.
  public void done(String by, String detail) {
    Notice notice =
        new Notice(Notice.Kind.IMPORTED, parts.clock().instant(), by, null, null, detail);
    parts.store().commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
  }

  /// Why an artefact was not taken over.
  ///
  /// @param code `unknown`, `cksum-mismatch` or `refused-by-policy`
  /// @param detail one clause for a person
  public record Refusal(ErrorCode code, String detail) {}
}
