package lazaret.bundle.keys;

import java.util.Map;
import java.util.Optional;
import lazaret.bundle.command.OperatorProgram;
import lazaret.bundle.hardware.Pkcs11Settings;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.SigningKey;

/// The location of the private keys of a key file.
sealed interface KeyCustody {
  /// Keys in the file, encrypted.
  record StoredKeys(EncryptedSeeds seeds) implements KeyCustody {}

  /// Keys that a program has.
  record ExternalKeys(OperatorProgram command) implements KeyCustody {}

  /// A classical key in a hardware module, and the other one in the file, encrypted.
  record HardwareKeys(Pkcs11Settings device, EncryptedSeeds seed) implements KeyCustody {}

  /// Reads the fields of a key file.
  ///
  /// @param seeds the length of the seeds of keys that are both in the file, in bytes
  static KeyCustody of(JsonFields fields, int seeds) {
    if (fields.fields().containsKey("command")) {
      return new ExternalKeys(ProgramSigner.commandOf(fields));
    }
    JsonFields secret = fields.object("secret");
    Optional<Pkcs11Settings> device = fields.optionalObject("pkcs11").map(Pkcs11Settings::of);
    return device.isPresent()
        ? new HardwareKeys(device.get(), EncryptedSeeds.of(secret, SigningKey.SEED_LENGTH))
        : new StoredKeys(EncryptedSeeds.of(secret, seeds));
  }

  /// Returns whether the file names code that this program runs or loads.
  default boolean isForeign() {
    return !(this instanceof StoredKeys);
  }

  /// Returns the fields for a key file.
  default Map<String, JsonValue> form() {
    return switch (this) {
      case StoredKeys(EncryptedSeeds seeds) -> with(seeds.form());
      case ExternalKeys(OperatorProgram command) -> ProgramSigner.form(command);
      case HardwareKeys(_, EncryptedSeeds seed) -> with(seed.form());
    };
  }

  /// Returns the fields for a key file with other encrypted seeds.
  default Map<String, JsonValue> with(JsonValue.Fields secret) {
    return this instanceof HardwareKeys(Pkcs11Settings device, _)
        ? hardware(device, secret)
        : Map.of("secret", secret);
  }

  /// Returns the fields of a key in a hardware module.
  static Map<String, JsonValue> hardware(Pkcs11Settings device, JsonValue.Fields secret) {
    return Map.of("pkcs11", device.form(), "secret", secret);
  }
}
