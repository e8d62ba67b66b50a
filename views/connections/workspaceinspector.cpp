// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/workspaceinspector.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/plaintext.h"
#include "views/common/stateplaceholder.h"
#include "views/common/workspacecolor.h"
#include "views/connections/colourpicker.h"
#include "views/connections/connectionform.h"
#include "views/connections/formparts.h"
#include "views/connections/protectionbar.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fd {

/// The workspace's colour beside its name.
class ColourBar : public QWidget
{
public:
    ColourBar() { setFixedWidth(4); }
    void setColour(int colour)
    {
        m_colour = colour;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(workspaceColor(m_colour, palette()));
        painter.drawRoundedRect(rect(), 2, 2);
    }

private:
    int m_colour = 0;
};

namespace {

constexpr int kRefreshChoices[] = {5, 15, 30, 60, 300, 900};
constexpr int kDayChoices[] = {1, 7, 14, 30, 90};
constexpr qint64 kSecondUs = 1'000'000;

QString refreshText(int seconds)
{
    return WorkspaceInspector::tr("every %1 without events").arg(format::duration(seconds * kSecondUs));
}

QString daysText(int days) { return WorkspaceInspector::tr("runs of %n days", nullptr, days); }

/// Chooses a value of a combo, adding one that it does not offer.
void choose(QComboBox *combo, int value, QString (*text)(int))
{
    int index = combo->findData(value);
    if (index < 0) {
        combo->addItem(text(value), value);
        index = combo->count() - 1;
    }
    combo->setCurrentIndex(index);
}

} // namespace

WorkspaceInspector::WorkspaceInspector(QWidget *parent)
    : QWidget(parent), m_stack(new QStackedLayout(this)), m_nothing(new Placeholder), m_one(new QWidget)
{
    setObjectName(QStringLiteral("workspace-inspector"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_nothing->setContent({.iconName = {},
        .title = tr("Nothing is selected"),
        .text = tr("Choose a workspace in the list."),
        .button = {},
        .buttonIcon = {},
        .remark = {}});
    makeBody();
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_one);
    const auto edit = [this](auto change) {
        if (!m_row)
            return;
        WorkspaceEntry entry = m_row->entry;
        change(entry);
        emit entryEdited(entry);
    };
    connect(m_name, &QLineEdit::editingFinished, this, &WorkspaceInspector::editName);
    connect(m_colour, &ColourPicker::chosen, this,
        [edit](int colour) { edit([colour](WorkspaceEntry &entry) { entry.colour = colour; }); });
    connect(m_protection, &ProtectionBar::chosen, this,
        [edit](Protection chosen) { edit([chosen](WorkspaceEntry &entry) { entry.protection = chosen; }); });
    connect(m_refresh, &QComboBox::activated, this, [this, edit] {
        edit([this](WorkspaceEntry &entry) { entry.refreshSeconds = m_refresh->currentData().toInt(); });
    });
    connect(m_days, &QComboBox::activated, this,
        [this, edit] { edit([this](WorkspaceEntry &entry) { entry.keptDays = m_days->currentData().toInt(); }); });
    connect(m_form, &ConnectionForm::edited, this, [this] {
        m_saveAnyway->hide();
        updateSaveRow();
    });
}

void WorkspaceInspector::makeBody()
{
    auto *body = new QWidget;
    body->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kInset);
    column->setSpacing(metrics::kGap);
    m_top = makeForm();
    m_name = lineField(QStringLiteral("workspace-name"));
    m_location = new ElidedLabel({}, TextRole::Body, Tone::Text2, Qt::ElideMiddle);
    addField(m_top, tr("&Name"), m_name);
    addField(m_top, tr("File"), m_location);
    column->addLayout(m_top);
    m_form = new ConnectionForm;
    column->addWidget(m_form);
    m_saveRow = makeSaveRow();
    column->addWidget(m_saveRow);
    QFormLayout *look = makeForm();
    m_colour = new ColourPicker;
    addField(look, tr("Co&lour"), m_colour);
    column->addLayout(look);
    column->addWidget(separator(Qt::Horizontal));
    m_bottom = makeForm();
    m_protection = new ProtectionBar;
    m_refresh = new QComboBox;
    m_refresh->setObjectName(QStringLiteral("refresh"));
    for (const int seconds : kRefreshChoices)
        m_refresh->addItem(refreshText(seconds), seconds);
    m_days = new QComboBox;
    m_days->setObjectName(QStringLiteral("kept-days"));
    for (const int days : kDayChoices)
        m_days->addItem(daysText(days), days);
    addField(m_bottom, tr("&Protection"), m_protection);
    addField(m_bottom, tr("&Refresh"), m_refresh);
    addField(m_bottom, tr("&Keep"), m_days);
    column->addLayout(m_bottom);
    column->addWidget(separator(Qt::Horizontal));
    QFormLayout *kept = makeForm();
    m_keptHere = new TextLabel({});
    m_keptHere->setObjectName(QStringLiteral("kept-here"));
    addField(kept, tr("Kept here"), m_keptHere);
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGap);
    m_clear = pushButton(tr("Clear copy…"));
    m_clear->setObjectName(QStringLiteral("clear-copy"));
    QPushButton *forget = pushButton(tr("Forget…"));
    forget->setObjectName(QStringLiteral("forget"));
    row->addWidget(m_clear);
    row->addWidget(forget);
    row->addStretch();
    kept->addRow(nullptr, buttons);
    column->addLayout(kept);
    column->addStretch();
    connect(m_clear, &QPushButton::clicked, this, &WorkspaceInspector::clearCopyRequested);
    connect(forget, &QPushButton::clicked, this, &WorkspaceInspector::forgetRequested);

    auto *scroll = new QScrollArea;
    scroll->setWidget(body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *whole = new QVBoxLayout(m_one);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(makeHead());
    whole->addWidget(separator(Qt::Horizontal));
    whole->addWidget(scroll, 1);
    setFocusProxy(m_name);
}

QWidget *WorkspaceInspector::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    row->setSpacing(metrics::kWideGap);
    m_bar = new ColourBar;
    m_title = new ElidedLabel({}, TextRole::ObjectTitle, Tone::Text, Qt::ElideMiddle);
    m_title->setObjectName(QStringLiteral("inspected-workspace"));
    m_subtitle = new ElidedLabel({}, TextRole::Quiet, Tone::Text2);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    row->addWidget(m_bar);
    row->addLayout(words, 1);
    return head;
}

QWidget *WorkspaceInspector::makeSaveRow()
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGap);
    QPushButton *save = pushButton(tr("&Test and save"), ButtonRole::Primary);
    QPushButton *discard = pushButton(tr("&Discard"));
    m_saveAnyway = pushButton(tr("Save an&yway"));
    save->setObjectName(QStringLiteral("test-and-save"));
    discard->setObjectName(QStringLiteral("discard"));
    m_saveAnyway->setObjectName(QStringLiteral("save-anyway"));
    row->addStretch();
    row->addWidget(discard);
    row->addWidget(m_saveAnyway);
    row->addWidget(save);
    part->hide();
    m_saveAnyway->hide();
    connect(save, &QPushButton::clicked, this, &WorkspaceInspector::saveRequested);
    connect(m_saveAnyway, &QPushButton::clicked, this, &WorkspaceInspector::saveAnywayRequested);
    connect(discard, &QPushButton::clicked, this, [this] {
        fillForm();
        m_name->setFocus();
    });
    return part;
}

void WorkspaceInspector::showRow(const std::optional<WorkspaceRow> &row, SecretsKept kept)
{
    const bool sameEntry = m_row && row && m_row->entry.id == row->entry.id;
    const bool sameConnection = sameEntry && m_row->entry.connection == row->entry.connection && m_kept == kept;
    m_row = row;
    m_kept = kept;
    m_stack->setCurrentWidget(row ? m_one : m_nothing);
    if (!row)
        return;
    fillHead();
    if (!sameEntry || (!sameConnection && !m_form->isEdited()))
        fillForm();
    else
        m_form->setKept(kept);
    const WorkspaceEntry &entry = row->entry;
    if (!sameEntry || !m_name->isModified())
        m_name->setText(entry.name);
    m_colour->setCurrent(entry.colour);
    m_protection->setCurrent(entry.protection);
    choose(m_refresh, entry.refreshSeconds, refreshText);
    choose(m_days, entry.keptDays, daysText);
}

void WorkspaceInspector::fillHead()
{
    const WorkspaceEntry &entry = m_row->entry;
    const qint64 bytes = keptBytes(entry.storePath);
    m_bar->setColour(entry.colour);
    m_title->setText(oneLine(entry.name));
    QStringList parts{serverLines(*m_row).first};
    if (m_row->counts)
        parts += tr("%1 deployments kept here").arg(format::count(m_row->counts->deployments));
    parts += format::bytes(bytes);
    parts.removeAll(QString(format::kAbsent));
    m_subtitle->setText(parts.join(QStringLiteral(" · ")));
    m_keptHere->setText(
        entry.isServer ? tr("%1, %2").arg(daysText(entry.keptDays), format::bytes(bytes)) : format::bytes(bytes));
    m_location->setText(entry.storePath);
    for (QWidget *field : {static_cast<QWidget *>(m_refresh), static_cast<QWidget *>(m_days)}) {
        field->setVisible(entry.isServer);
        m_bottom->labelForField(field)->setVisible(entry.isServer);
    }
    m_location->setVisible(!entry.isServer);
    m_top->labelForField(m_location)->setVisible(!entry.isServer);
    m_form->setVisible(entry.isServer);
    m_clear->setVisible(entry.isServer);
}

void WorkspaceInspector::fillForm()
{
    if (m_row)
        m_form->setConnection(m_row->entry.connection, m_kept);
    m_saveAnyway->hide();
    updateSaveRow();
}

void WorkspaceInspector::connectionSaved() { fillForm(); }

void WorkspaceInspector::offerToSave(bool offered) { m_saveAnyway->setVisible(offered); }

void WorkspaceInspector::updateSaveRow()
{
    m_saveRow->setVisible(m_row && m_row->entry.isServer && m_form->isEdited());
}

void WorkspaceInspector::editName()
{
    if (!m_row || !m_name->isModified())
        return;
    m_name->setModified(false);
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) {
        m_name->setText(m_row->entry.name);
        return;
    }
    WorkspaceEntry entry = m_row->entry;
    entry.name = name;
    emit entryEdited(entry);
}

void WorkspaceInspector::rename()
{
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

} // namespace fd
