package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.reading.LineNoteRemovalRequest;
import lazaret.vetting.deskapi.reading.LineNoteReply;
import lazaret.vetting.deskapi.reading.LineNoteRequest;
import lazaret.vetting.deskapi.reading.LineNotesReply;
import lazaret.vetting.deskapi.reading.LineNotesRequest;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.ReadStateRequest;
import lazaret.vetting.deskapi.reading.ReadersReply;
import lazaret.vetting.deskapi.reading.ReadersRequest;
import lazaret.vetting.deskapi.reading.TextDraftOrder;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.deskapi.reading.TextDraftRequest;

/// The operations on what persons read and write in a review.
public final class ReadingOperations {
  /// Returns what the caller has read of a version, and what is left for an approval.
  public static final Operation<ReadStateRequest, ReadStateReply> READING =
      Operation.get(
              "reading",
              "/crates/{name}/{version}/reading",
              ReadStateRequest.class,
              ReadStateReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return what the caller has read of a version");

  /// Records that the caller read parts of a version.
  public static final Operation<ReadMarkRequest, ReadStateReply> MARK_READ =
      Operation.post(
              "markRead",
              "/crates/{name}/{version}/reading",
              ReadMarkRequest.class,
              ReadStateReply.class)
          .access(Access.REVIEW)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Mark parts of a version as read or unread");

  /// Returns who read the files of a version.
  public static final Operation<ReadersRequest, ReadersReply> READERS =
      Operation.get(
              "readers",
              "/crates/{name}/{version}/readers",
              ReadersRequest.class,
              ReadersReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("List who read the files of a version in which role");

  /// Returns the notes on the lines of a version.
  public static final Operation<LineNotesRequest, LineNotesReply> NOTES =
      Operation.get(
              "lineNotes",
              "/crates/{name}/{version}/notes",
              LineNotesRequest.class,
              LineNotesReply.class)
          .access(Access.INSPECT)
          .summary("List the notes on the lines of a version");

  /// Adds a note on one line.
  public static final Operation<LineNoteRequest, LineNoteReply> ADD_NOTE =
      Operation.post(
              "addLineNote",
              "/crates/{name}/{version}/notes",
              LineNoteRequest.class,
              LineNoteReply.class)
          .access(Access.REVIEW)
          .timeout(Operation.FETCH_TIMEOUT)
          .created()
          .summary("Add a note on one line of a version");

  /// Removes a note of the caller.
  public static final Operation<LineNoteRemovalRequest, LineNoteReply> REMOVE_NOTE =
      Operation.delete(
              "removeLineNote",
              "/crates/{name}/{version}/notes/{number}",
              LineNoteRemovalRequest.class,
              LineNoteReply.class)
          .access(Access.REVIEW)
          .summary("Remove a note of the caller");

  /// Returns the draft of a form.
  public static final Operation<TextDraftRequest, TextDraftReply> DRAFT =
      Operation.get(
              "draft",
              "/crates/{name}/{version}/drafts/{form}",
              TextDraftRequest.class,
              TextDraftReply.class)
          .access(Access.INSPECT)
          .summary("Return the draft of the caller for a form");

  /// Keeps the draft of a form.
  public static final Operation<TextDraftOrder, TextDraftReply> PUT_DRAFT =
      Operation.put(
              "putDraft",
              "/crates/{name}/{version}/drafts/{form}",
              TextDraftOrder.class,
              TextDraftReply.class)
          .access(Access.REVIEW)
          .summary("Keep a draft of the caller for a form");

  /// Removes the draft of a form.
  public static final Operation<TextDraftRequest, TextDraftReply> REMOVE_DRAFT =
      Operation.delete(
              "removeDraft",
              "/crates/{name}/{version}/drafts/{form}",
              TextDraftRequest.class,
              TextDraftReply.class)
          .access(Access.REVIEW)
          .summary("Remove the draft of the caller for a form");

  private ReadingOperations() {}
}
