package lazaret.bundle.service;

import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonWriter;

/// The reports on a bundle that need no store, as JSON objects.
public final class BundleInfos {
  private BundleInfos() {}

  /// Returns the report on the metadata and statement of a bundle.
  ///
  /// @param bundle the inspected bundle
  /// @param root the file of the root that was trusted at the start
  public static Bytes inspected(BundleInspection bundle, Bytes root) {
    return JsonWriter.object(json -> put(json, bundle, root));
  }

  /// Returns the report on a statement, without regard to its signatures.
  ///
  /// @param statement the statement
  /// @param digest the SHA-256 of its file
  public static Bytes stated(BundleStatement statement, Sha256 digest) {
    return JsonWriter.object(json -> Statements.put(json, statement, digest));
  }

  /// Returns the report on a completely verified bundle.
  ///
  /// @param bundle the inspected bundle
  /// @param root the file of the root that was trusted at the start
  /// @param checked the result of the verification
  public static Bytes checked(BundleInspection bundle, Bytes root, BundleVerifier.Checked checked) {
    return JsonWriter.object(
        json -> {
          put(json, bundle, root);
          json.object(
              "checked",
              out ->
                  out.put("crates", checked.crates())
                      .put("versions", checked.versions())
                      .put("artefacts", checked.artifacts())
                      .put("bytes", checked.bytes())
                      .put("elsewhere", checked.elsewhere()));
        });
  }

  private static void put(JsonWriter json, BundleInspection bundle, Bytes root) {
    Statements.put(json, bundle.statement(), bundle.digest());
    Metadata.Root newest = bundle.trust().root();
    Fingerprint begun = StoredTrust.fingerprint(root);
    json.object(
        "root",
        out ->
            out.text("fingerprint", begun.groups())
                .put("version", newest.version())
                .text("expires", newest.expires()));
  }
}
