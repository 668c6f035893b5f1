/**
 * The way from one command to all that it comes to: what each part of a control plane decided, then what each program wrote, with
 * the lab as it is after every stage. Nothing here changes a lab.
 */
package org.hopscope.model.rollout;
