package lazaret.web;

import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;

/// The operations of the desk API, with the permissions of one visitor. Thread-safe; blocks.
public interface DeskCalls {
  /// Calls an operation. Each failure is a refused reply; nothing is thrown.
  <Q extends Record, R extends Record> Reply<R> call(Operation<Q, R> operation, Q request);
}
