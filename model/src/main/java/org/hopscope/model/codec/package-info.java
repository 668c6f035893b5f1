/**
 * Labs as files: {@code .hop} documents in people's words, their canonical form for comparing, and saving that never
 * loses what was there before. A file is data only; nothing in it is executed.
 */
package org.hopscope.model.codec;
