/** Predict, then reveal: what may be guessed at a lookup before it is shown, and how a guess is judged. Values only. */
package org.hopscope.model.predict;
