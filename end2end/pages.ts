// Every page there is, by who may see it: the accessibility journeys and the gallery walk this list.
import type { Page } from "@playwright/test";
import { contactOf, platform, signIn } from "./people";
import { alertPage, answers, at, clientPages, commandPages, devicePages, managePage, personPage, type Stop, welcomePage } from "./stops";

export type Walk = { who: string; enter: (page: Page) => Promise<void>; stops: (page: Page) => Promise<Stop[]> };

/** The walks over one MSP's portal: a stranger's, its owner's and a contact's. */
export function walks(host: string, slug: string): Walk[] {
  return [
    {
      who: "stranger",
      enter: async () => {},
      stops: async () => at(host, { "sign-in": "/sign-in?next=/devices" }),
    },
    {
      who: "owner",
      enter: (page) => signIn(page, host, `owner@${slug}.example`),
      stops: async (page) => [
        ...at(host, {
          home: "/",
          clients: "/clients",
          "clients-none": "/clients?q=nothing-is-called-this",
          "clients-archived": "/clients?state=archived",
          "client-new": "/clients/new",
          "client-import": "/clients/import",
          devices: "/devices",
          "devices-filtered": "/devices?q=a&updates=security",
          "devices-none": "/devices?q=nothing-is-called-this",
          alerts: "/alerts",
          "alerts-grouped": "/alerts?show=all&group=client&sort=severity",
          "alerts-none": "/alerts?q=nothing-is-called-this",
          reports: "/reports",
          "report-alerts": "/reports/alerts?period=30d",
          "report-executive": "/reports/executive?period=30d",
          "report-inventory": "/reports/inventory?period=30d&rows=offline",
          "reports-delivered": "/reports/delivered",
          "reports-none": "/reports/delivered?kind=patching",
          "report-schedules": "/reports/schedules",
          "report-schedule-new": "/reports/schedules/new",
          monitoring: "/settings/monitoring",
          "monitoring-tenant": "/settings/monitoring/tenant",
          "monitoring-cpu": "/settings/monitoring/tenant/cpu",
          audit: "/settings/audit",
          "audit-filtered": "/settings/audit?kind=person",
          "audit-none": "/settings/audit?q=nothing-is-called-this",
          account: "/account",
          sessions: "/account/sessions",
          people: "/settings/people",
          "people-new": "/settings/people/new",
          "people-groups": "/settings/people/groups",
          brand: "/settings/brand",
          enrolment: "/settings/enrolment",
          "enrolment-new": "/settings/enrolment/new",
          "enrolment-pending": "/settings/enrolment/pending",
          software: "/software",
          "software-none": "/software?q=nothing-is-called-this",
          "software-title": "/software/deb/openssl",
          "software-below": "/software/deb/openssl?is=below&version=3.0.18",
          "software-wrong": "/software/deb/openssl?is=below&version=1+2",
          "software-lacks": "/software/deb/openssl?lacks=1",
          "software-unknown": "/software/unknown",
          "not-found": "/devices/dev_00000000000000000000000000",
        }),
        ...(await clientPages(page, host)),
        ...(await devicePages(page, host)),
        ...(await managePage(page, host)),
        ...(await alertPage(page, host)),
        ...(await commandPages(page, host)),
        ...(await personPage(page, host)),
        ...(await answers(page, host)),
        ...(await welcomePage(page, host)),
      ],
    },
    {
      who: "contact",
      enter: async (page) => signIn(page, host, await contactOf(page, host)),
      stops: async (page) => [...at(host, { home: "/", devices: "/devices", reports: "/reports", account: "/account" }), ...(await devicePages(page, host))],
    },
  ];
}

/** The platform's own pages. */
export const platformWalks: Walk[] = [
  { who: "stranger", enter: async () => {}, stops: async () => at(platform, { "sign-in": "/sign-in" }) },
  { who: "operator", enter: (page) => signIn(page, platform, "operator@platform.example"), stops: async () => at(platform, { tenants: "/", "tenant-new": "/tenants/new", jobs: "/jobs" }) },
];
