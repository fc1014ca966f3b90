package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.lockfiles.ClosureReply;
import lazaret.vetting.deskapi.lockfiles.ClosureRequest;
import lazaret.vetting.deskapi.lockfiles.PrefetchReply;
import lazaret.vetting.deskapi.lockfiles.PrefetchRequest;
import lazaret.vetting.deskapi.lockfiles.ReadingListReply;
import lazaret.vetting.deskapi.lockfiles.ReadingListRequest;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import lazaret.vetting.deskapi.lockfiles.VerifyRequest;

/// The operations on lockfiles and their packages.
public final class LockfileOperations {
  /// Checks a lockfile.
  public static final Operation<VerifyRequest, VerifyReply> VERIFY =
      Operation.post("verify", "/verify", VerifyRequest.class, VerifyReply.class)
          .access(Access.READ)
          .timeout(Operation.BATCH_TIMEOUT)
          .summary("Check a lockfile");

  /// Lists the versions of a lockfile that a reviewer must read.
  public static final Operation<ReadingListRequest, ReadingListReply> READING_LIST =
      Operation.post("readingList", "/review", ReadingListRequest.class, ReadingListReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("List the versions of a lockfile that a reviewer must read");

  /// Checks whether the requirements of versions are met.
  public static final Operation<ClosureRequest, ClosureReply> CLOSURE =
      Operation.post("closure", "/closure", ClosureRequest.class, ClosureReply.class)
          .access(Access.READ)
          .timeout(Operation.BATCH_TIMEOUT)
          .summary("Check whether the requirements of versions are met");

  /// Stores one version.
  public static final Operation<PrefetchRequest, PrefetchReply> PREFETCH =
      Operation.post("prefetch", "/prefetch", PrefetchRequest.class, PrefetchReply.class)
          .access(Access.PREFETCH)
          .summary("Store one version");

  private LockfileOperations() {}
}
