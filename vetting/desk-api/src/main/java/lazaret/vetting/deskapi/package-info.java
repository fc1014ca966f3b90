/// The contract of the desk API: operations, requests, replies.
@NullMarked
package lazaret.vetting.deskapi;

import org.jspecify.annotations.NullMarked;
