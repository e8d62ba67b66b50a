// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/importprofilesdialog.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/plaintext.h"
#include "views/common/workspacecolor.h"
#include "views/connections/noticecard.h"

#include <QCheckBox>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kWidth = 620;
constexpr int kHeight = 460;

QString knownAs(const WorkspaceBook &book, const QUrl &url)
{
    for (const WorkspaceEntry &entry : book.entries()) {
        if (entry.isServer && entry.connection.apiUrl == url)
            return oneLine(entry.name);
    }
    return {};
}

QString signInText(const ConnectionSettings &settings)
{
    switch (settings.auth) {
    case ConnectionSettings::Auth::ApiKey:
        return ImportProfilesDialog::tr("with an API key");
    case ConnectionSettings::Auth::Basic:
        return ImportProfilesDialog::tr("with user and password");
    case ConnectionSettings::Auth::None:
        break;
    }
    return ImportProfilesDialog::tr("without sign-in");
}

} // namespace

ImportProfilesDialog::ImportProfilesDialog(WorkspaceBook &book, const PrefectProfiles &found, QWidget *parent)
    : QDialog(parent), m_book(book), m_profiles(found.profiles)
{
    setObjectName(QStringLiteral("import-profiles"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setWindowTitle(tr("Import Prefect profiles"));
    resize(kWidth, kHeight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    column->setSpacing(metrics::kGap);
    column->addWidget(new TextLabel(windowTitle(), TextRole::ObjectTitle));
    column->addWidget(
        new ElidedLabel(tr("From %1").arg(oneLine(found.path)), TextRole::Quiet, Tone::Text2, Qt::ElideMiddle));
    if (found.error) {
        auto *card = new NoticeCard;
        card->setObjectName(QStringLiteral("file-error"));
        card->setNotice(Notice::Broken, tr("The file could not be read."), oneLine(format::error(*found.error)));
        column->addWidget(card);
    }
    auto *list = new QWidget;
    list->setBackgroundRole(QPalette::Base);
    auto *rows = new QVBoxLayout(list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const PrefectProfile &profile : std::as_const(m_profiles))
        addProfile(rows, profile);
    if (m_profiles.isEmpty())
        rows->addWidget(new TextLabel(tr("There are no profiles in it."), TextRole::Body, Tone::Text2));
    rows->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(scroll, 1);
    column->addWidget(makeButtons());
    updateButton();
}

void ImportProfilesDialog::addProfile(QVBoxLayout *column, const PrefectProfile &profile)
{
    const ConnectionSettings &settings = profile.entry.connection;
    const QString known = profile.problem.isEmpty() ? knownAs(m_book, settings.apiUrl) : QString();
    const QString title = profile.active ? tr("%1 (active)").arg(oneLine(profile.name)) : oneLine(profile.name);
    auto *box = new QCheckBox(QString(title).replace(u'&', QStringLiteral("&&")));
    box->setObjectName(QStringLiteral("profile"));
    box->setEnabled(profile.problem.isEmpty());
    box->setChecked(profile.problem.isEmpty() && known.isEmpty());
    m_boxes += box;
    connect(box, &QCheckBox::toggled, this, &ImportProfilesDialog::updateButton);
    column->addSpacing(metrics::kGap);
    column->addWidget(box);

    auto *lines = new QVBoxLayout;
    lines->setContentsMargins(metrics::kMark + metrics::kGap, 0, 0, metrics::kGap);
    lines->setSpacing(2);
    QStringList spoken;
    const auto add = [lines, &spoken](const QString &text, Tone tone) {
        auto *label = new TextLabel(text, TextRole::Small, tone);
        label->setWordWrap(true);
        lines->addWidget(label);
        spoken += text;
    };
    if (profile.problem.isEmpty())
        add(QStringLiteral("%1 · %2").arg(oneLine(settings.apiUrl.toDisplayString()), signInText(settings)),
            Tone::Text3);
    else
        add(oneLine(profile.problem), Tone::Text2);
    if (!known.isEmpty())
        add(tr("Known already, as %1.").arg(known), Tone::Text2);
    for (const QString &warning : profile.warnings)
        add(oneLine(warning), Tone::Text);
    box->setAccessibleDescription(spoken.join(u'\n'));
    column->addLayout(lines);
    column->addWidget(separator(Qt::Horizontal));
}

QWidget *ImportProfilesDialog::makeButtons()
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, metrics::kGap, 0, 0);
    row->setSpacing(metrics::kGap);
    row->addWidget(new TextLabel(tr("Prefect's file stays as it is."), TextRole::Quiet, Tone::Text3));
    row->addStretch();
    QPushButton *cancel = pushButton(tr("Cancel"));
    m_import = pushButton({}, ButtonRole::Primary);
    cancel->setObjectName(QStringLiteral("cancel"));
    m_import->setObjectName(QStringLiteral("import"));
    m_import->setDefault(true);
    row->addWidget(cancel);
    row->addWidget(m_import);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &ImportProfilesDialog::importChecked);
    return part;
}

void ImportProfilesDialog::updateButton()
{
    const auto checked
        = std::count_if(m_boxes.begin(), m_boxes.end(), [](const QCheckBox *box) { return box->isChecked(); });
    m_import->setEnabled(checked > 0);
    m_import->setText(checked == 1 ? tr("Import 1 profile") : tr("Import %1 profiles").arg(checked));
}

void ImportProfilesDialog::importChecked()
{
    QList<PrefectProfile> chosen;
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        if (m_boxes.at(i)->isChecked())
            chosen += m_profiles.at(i);
        m_boxes.at(i)->setEnabled(false);
    }
    m_import->setEnabled(false);
    QCoro::connect(importAll(chosen), this, [] {});
}

QCoro::Task<void> ImportProfilesDialog::importAll(QList<PrefectProfile> profiles)
{
    const QPointer<ImportProfilesDialog> self(this);
    QStringList ids;
    SecretsKept worst = SecretsKept::None;
    int colour = static_cast<int>(m_book.entries().size());
    for (const PrefectProfile &profile : profiles) {
        WorkspaceEntry entry = profile.entry;
        entry.colour = colour++ % kWorkspaceColorCount;
        const QString id = m_book.add(entry);
        ids += id;
        const SecretsKept kept = co_await m_book.keepSecrets(id, profile.entry.connection);
        if (!self)
            co_return;
        worst = std::max(worst, kept);
    }
    emit imported(ids, worst);
    accept();
}

} // namespace fd
