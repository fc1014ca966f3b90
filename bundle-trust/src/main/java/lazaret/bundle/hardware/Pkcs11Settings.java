package lazaret.bundle.hardware;

import java.util.Map;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;

/// The place of a key in a hardware module.
///
/// @param library the absolute path of the driver of the module
/// @param slot the position of the slot in the list of all slots, with a token or without, from 0
/// @param label the label of the key
public record Pkcs11Settings(String library, int slot, String label) {
  private static final int MOST_SLOTS = 64;

  /// The characters of a path that the JDK's configuration takes literally.
  private static final Pattern LIBRARY = Pattern.compile("/[A-Za-z0-9/._+-]{1,200}");

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  /// Checks the values.
  ///
  /// @throws BundleException `key-unusable` if one is not permitted
  public Pkcs11Settings {
    if (!LIBRARY.matcher(library).matches() || library.contains("..")) {
      throw unusable(
          "expected the absolute path of a driver, of letters, digits and '/._+-', found '%s'"
              .formatted(library));
    }
    if (slot < 0 || slot >= MOST_SLOTS) {
      throw unusable("expected a slot from 0 to %d, found %d".formatted(MOST_SLOTS - 1, slot));
    }
    if (!LABEL.matcher(label).matches()) {
      throw unusable(
          "expected a label of up to 32 letters, digits and '._-', found '%s'".formatted(label));
    }
  }

  private static BundleException unusable(String found) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE, "cannot use a key in a hardware module: " + found);
  }

  /// Reads the fields of a key file.
  ///
  /// @throws BundleException `metadata-malformed` or `key-unusable`
  public static Pkcs11Settings of(JsonFields fields) {
    long slot = fields.whole("slot");
    return new Pkcs11Settings(
        fields.text("library"), (int) Math.min(slot, MOST_SLOTS), fields.text("label"));
  }

  /// Returns the fields for a key file.
  public JsonValue form() {
    return new JsonValue.Fields(
        Map.of(
            "library", new JsonValue.Text(library),
            "slot", new JsonValue.Whole(slot),
            "label", new JsonValue.Text(label)));
  }

  /// Returns the configuration of the JDK's provider. Keys that it generates never leave the
  /// module.
  String configuration() {
    return """
        --name = lazaret-%d
        library = %s
        slotListIndex = %d
        showInfo = false
        attributes(generate, CKO_PRIVATE_KEY, CKK_EC) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_SIGN = true
        }
        """
        .formatted(slot, library, slot);
  }
}
