/// The queue of requested versions with its handling by reviewers.
@NullMarked
package lazaret.vetting.desk.requests;

import org.jspecify.annotations.NullMarked;
