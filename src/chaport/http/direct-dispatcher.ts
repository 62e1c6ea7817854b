/*
 * Loaded with the first request only. Of undici the agent alone: its front door brings fetch, web
 * sockets, caches and mocks along, and takes three times as long to load.
 */
import type { Agent as AgentType } from 'undici';
// @ts-expect-error: undici has types for its front door only.
import agent from 'undici/lib/dispatcher/agent.js';

export const Agent: typeof AgentType = agent;
