@NullMarked
package lazaret.vetting.desk.requests;

import org.jspecify.annotations.NullMarked;
