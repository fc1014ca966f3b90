package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.store.BackupReply;
import lazaret.vetting.deskapi.store.BackupRequest;
import lazaret.vetting.deskapi.store.ClusterReply;
import lazaret.vetting.deskapi.store.FollowReply;
import lazaret.vetting.deskapi.store.FsckReply;
import lazaret.vetting.deskapi.store.FsckRequest;
import lazaret.vetting.deskapi.store.ImportCrateRequest;
import lazaret.vetting.deskapi.store.ImportIndexRequest;
import lazaret.vetting.deskapi.store.ImportNoteReply;
import lazaret.vetting.deskapi.store.ImportNoteRequest;
import lazaret.vetting.deskapi.store.ImportedReply;
import lazaret.vetting.deskapi.store.OperationsReply;
import lazaret.vetting.deskapi.store.ProofReply;
import lazaret.vetting.deskapi.store.ProofRequest;
import lazaret.vetting.deskapi.store.StatusReply;

/// The operations on the state of the server and its store.
public final class StoreOperations {
  /// Proves that the server knows a token before a client sends it.
  public static final Operation<ProofRequest, ProofReply> PROOF =
      Operation.get("proof", "/proof", ProofRequest.class, ProofReply.class)
          .access(Access.PUBLIC)
          .summary("Prove that the server knows a token before a client sends it");

  /// Returns the state of the server.
  public static final Operation<EmptyRequest, StatusReply> STATUS =
      Operation.get("status", "/status", EmptyRequest.class, StatusReply.class)
          .access(Access.READ)
          .summary("Return the state of the server");

  /// Lists the servers that share the store.
  public static final Operation<EmptyRequest, ClusterReply> CLUSTER =
      Operation.get("cluster", "/cluster", EmptyRequest.class, ClusterReply.class)
          .access(Access.AUDIT)
          .summary("List the servers that share the store");

  /// Returns the state of following the registry.
  public static final Operation<EmptyRequest, FollowReply> FOLLOW =
      Operation.get("follow", "/follow", EmptyRequest.class, FollowReply.class)
          .access(Access.READ)
          .summary("Return the state of following the registry");

  /// Imports an index file of another mirror.
  public static final Operation<ImportIndexRequest, ImportedReply> IMPORT_INDEX =
      Operation.put(
              "importIndex", "/import/index/{name}", ImportIndexRequest.class, ImportedReply.class)
          .access(Access.ADMIN)
          .summary("Import an index file of another mirror");

  /// Imports an artifact of another mirror.
  public static final Operation<ImportCrateRequest, ImportedReply> IMPORT_CRATE =
      Operation.put(
              "importCrate",
              "/import/crates/{name}/{version}",
              ImportCrateRequest.class,
              ImportedReply.class)
          .access(Access.ADMIN)
          .summary("Import an artifact of another mirror");

  /// Records in the ledger that a folder was imported.
  public static final Operation<ImportNoteRequest, ImportNoteReply> NOTE_IMPORT =
      Operation.post("noteImport", "/import", ImportNoteRequest.class, ImportNoteReply.class)
          .access(Access.ADMIN)
          .summary("Record in the ledger that a folder was imported");

  /// Lists the long operations that run with their progress.
  public static final Operation<EmptyRequest, OperationsReply> OPERATIONS =
      Operation.get("operations", "/operations", EmptyRequest.class, OperationsReply.class)
          .access(Access.AUDIT)
          .summary("List the long operations that run with their progress");

  /// Checks the whole store.
  public static final Operation<FsckRequest, FsckReply> FSCK =
      Operation.post("fsck", "/fsck", FsckRequest.class, FsckReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Check the whole store");

  /// Copies the store into a folder.
  public static final Operation<BackupRequest, BackupReply> BACKUP =
      Operation.post("backup", "/backup", BackupRequest.class, BackupReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Copy the store into a folder");

  private StoreOperations() {}
}
