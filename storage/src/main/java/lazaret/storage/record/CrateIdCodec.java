package lazaret.storage.record;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The form of an artifact's identity within a record: name as published, version, digest.
final class CrateIdCodec {
  private CrateIdCodec() {}

  static void write(RecordWriter writer, CrateId id) {
    writer.text(id.name().published()).text(id.version().text()).sha256(id.cksum());
  }

  static CrateId read(RecordReader reader) {
    return new CrateId(
        CrateName.parse(reader.text()), CrateVersion.parse(reader.text()), reader.sha256());
  }
}
