package lazaret.bundle.service;

import lazaret.bundle.checking.BundleCheck;
import lazaret.bundle.checking.Inspection;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.Fingerprint;
import lazaret.bundle.keys.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.Bytes;
import lazaret.vetting.JsonWriter;
import lazaret.vetting.crates.Sha256;

/// What can be told of a bundle without a store, as JSON objects.
public final class BundleReports {
  private BundleReports() {}

  /// Tells what a bundle says of itself.
  ///
  /// @param root the file of the root that was trusted to begin with
  public static Bytes inspected(Inspection bundle, Bytes root) {
    return JsonWriter.object(json -> put(json, bundle, root));
  }

  /// Tells what a statement says, whoever signed it.
  ///
  /// @param digest SHA-256 of its file
  public static Bytes stated(BundleStatement statement, Sha256 digest) {
    return JsonWriter.object(json -> Statements.put(json, statement, digest));
  }

  /// Tells that a bundle is whole.
  ///
  /// @param root the file of the root that was trusted to begin with
  public static Bytes checked(Inspection bundle, Bytes root, BundleCheck.Checked checked) {
    return JsonWriter.object(
        json -> {
          put(json, bundle, root);
          json.object(
              "checked",
              out ->
                  out.put("crates", checked.crates())
                      .put("versions", checked.versions())
                      .put("artefacts", checked.artefacts())
                      .put("bytes", checked.bytes())
                      .put("elsewhere", checked.elsewhere()));
        });
  }

  private static void put(JsonWriter json, Inspection bundle, Bytes root) {
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
